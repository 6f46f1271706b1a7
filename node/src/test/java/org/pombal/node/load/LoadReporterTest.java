package org.pombal.node.load;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pombal.node.TestCluster.get;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.node.TestCluster;

class LoadReporterTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final TestCluster cluster = new TestCluster();
    private final Backend backend = cluster.online("b1.example.org");
    private final GroupId group = GroupId.numbered(cluster.here.id(), 1);
    private Optional<Backend> self = Optional.of(backend);
    private Map<GroupId, Sample> samples = Map.of(group, new Sample(4, 60, 30));
    private long nanos;
    private final LoadReporter reporter = new LoadReporter(
            cluster.geoDb.backendLoads(),
            () -> self,
            () -> completedFuture(samples),
            cluster.clock,
            () -> nanos,
            INTERVAL,
            Duration.ofHours(1));

    private void report() {
        nanos += INTERVAL.toNanos();
        cluster.advance(INTERVAL);
        get(reporter.report());
    }

    private GroupTraffic traffic(BackendLoad load) {
        return requireNonNull(load.groups().get(group), "not measured");
    }

    private List<BackendLoad> published() {
        return get(cluster.geoDb.backendLoads().list(cluster.here.id()));
    }

    @Test
    void tellsWhatTheMachineAndEachGroupDid() {
        report();
        report();

        assertThat(published()).singleElement().satisfies(load -> {
            assertThat(load.backend()).isEqualTo(backend.id());
            assertThat(load.at()).isEqualTo(cluster.now());
            assertThat(load.measured()).isEqualTo(INTERVAL.multipliedBy(2));
            assertThat(load.host()).containsEntry(HostMetric.SESSIONS, 4.0).containsKey(HostMetric.MEMUSED);
            assertThat(load.groups()).containsOnlyKeys(group);
            assertThat(traffic(load).sessions()).isCloseTo(4, within(1e-9));
            assertThat(traffic(load).logins()).isCloseTo(2, within(1e-9));
            assertThat(traffic(load).deliveries()).isCloseTo(1, within(1e-9));
        });
    }

    @Test
    void aBackendThatIsNotInGeoDbMeasuresAndTellsNobody() {
        self = Optional.empty();
        report();
        assertThat(published()).isEmpty();

        self = Optional.of(backend);
        report();

        assertThat(published())
                .singleElement()
                .satisfies(load -> assertThat(traffic(load).measured()).isEqualTo(INTERVAL.multipliedBy(2)));
    }

    @Test
    void whileGeoDbIsAwayMeasuringGoesOn() {
        report();
        cluster.fault = new Fault.Unavailable();
        samples = Map.of(group, new Sample(8, 0, 0));
        report();
        cluster.fault = new Fault.None();
        report();

        assertThat(published()).singleElement().satisfies(load -> {
            assertThat(load.measured()).isEqualTo(INTERVAL.multipliedBy(3));
            assertThat(traffic(load).sessions()).isBetween(6.0, 8.0);
        });
    }

    @Test
    void prometheusSeesTheMachineByScore() {
        PrometheusRegistry registry = new PrometheusRegistry();
        reporter.register(registry);
        report();

        GaugeSnapshot host = (GaugeSnapshot) registry.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("pombal_host_load"))
                .findFirst()
                .orElseThrow();

        assertThat(host.getDataPoints())
                .filteredOn(point -> "sessions".equals(point.getLabels().get("score")))
                .singleElement()
                .satisfies(point -> assertThat(point.getValue()).isEqualTo(4));
    }
}
