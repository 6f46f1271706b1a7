package org.pombal.node.testlogin;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.node.testlogin.TestDestinations.Destination;
import org.pombal.node.topology.Topology;

class TestLoginsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final HostName PROXY = new HostName("p1.test");
    private static final Destination B1 =
            new Destination(new ProxyDestination.OfBackend(BackendId.random()), "b1.test");

    private TestOutcome outcome = new TestOutcome.Succeeded(Duration.ofMillis(20));
    private final TestLogins logins = new TestLogins(
            () -> List.of(B1),
            destination -> outcome,
            Duration.ofSeconds(15),
            PROXY,
            Duration.ofMinutes(1),
            System::nanoTime,
            new PrometheusRegistry());

    @AfterEach
    void close() {
        logins.close();
    }

    @Test
    void whatCameOfThemIsPublishedAsProbes() {
        SiteId site = SiteId.random();
        logins.tryOnce(B1);
        assertThat(logins.rows(site, NOON)).isEmpty();

        logins.tryOnce(B1);
        outcome = new TestOutcome.Failed(FailureKind.OTHER, "the connection was closed");
        logins.tryOnce(B1);
        outcome = new TestOutcome.Inconclusive("later");
        logins.tryOnce(B1);

        DestinationStatistics row = logins.rows(site, NOON.plusSeconds(30)).get(0);
        assertThat(row.traffic()).isEqualTo(Traffic.PROBES);
        assertThat(row.proxy()).isEqualTo(PROXY);
        assertThat(row.destination()).isEqualTo(B1.id());
        assertThat(row.from()).isEqualTo(NOON);
        assertThat(row.until()).isEqualTo(NOON.plusSeconds(30));
        assertThat(row.counts().attempts()).isEqualTo(3);
        assertThat(row.counts().successes()).isEqualTo(1);
        assertThat(row.counts().failures()).isEqualTo(Map.of(FailureKind.OTHER, 1L));
        assertThat(row.counts().latency()).contains(Duration.ofMillis(20));
    }

    @Test
    void theyGoToBackendsAndSitesThatNobodyTookOut() {
        Site here = Site.added(SiteId.random(), "here");
        Site porto = Site.added(SiteId.random(), "porto").withLoadBalancer("lb.porto.test");
        Site faro = Site.added(SiteId.random(), "faro")
                .withLoadBalancer("lb.faro.test")
                .withStatus(SiteStatus.STANDBY);
        Topology topology = new Topology("here");
        topology.load(
                List.of(here, porto, faro),
                List.of(),
                List.of(
                        backend(here, "b1.test", BackendStatus.ONLINE),
                        backend(here, "b2.test", BackendStatus.OFFLINE),
                        backend(here, "b3.test", BackendStatus.STANDBY)),
                List.of());

        assertThat(new TestDestinations(topology).get())
                .extracting(Destination::host)
                .containsExactlyInAnyOrder("b1.test", "b2.test", "lb.porto.test");
    }

    private static Backend backend(Site site, String host, BackendStatus status) {
        return Backend.added(BackendId.random(), site.id(), new HostName(host)).withStatus(status);
    }
}
