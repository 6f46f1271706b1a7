package org.pombal.node.report;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.get;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.statistics.ProxyPage;
import org.pombal.dovecot.statistics.ProxyPage.HostTraffic;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.node.TestCluster;
import org.pombal.node.Warnings;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.Topology;

class NodeReporterTest {

    private static final HostName NAME = new HostName("p1.example.org");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Instant COUNTING_SINCE = Instant.parse("2025-12-31T00:00:00Z");

    private final TestCluster cluster = new TestCluster();
    private final Backend backend = cluster.online("b1.example.org");
    private final Site porto = Site.added(SiteId.random(), "porto").withLoadBalancer("lb.porto.example.org");
    private final HostAddresses addresses =
            new HostAddresses(host -> new InetAddress[] {InetAddress.getByName("127.0.0.11")}, Duration.ofHours(1));
    private Optional<ProxyPage> page = Optional.empty();

    @AfterEach
    void close() {
        addresses.close();
    }

    private NodeReporter reporter(NodeRole role) {
        Topology topology = new Topology("here");
        topology.load(List.of(cluster.here, porto), List.of(), List.of(backend), List.of());
        Optional<DestinationReports> destinations = role == NodeRole.BACKEND
                ? Optional.empty()
                : Optional.of(new DestinationReports(
                        NAME, new KnownDestinations(topology, addresses)::of, Duration.ofMinutes(1)));
        return new NodeReporter(
                cluster.geoDb,
                new ReportedNode(role, NAME, "machine", "1.0", Optional.empty()),
                () -> Optional.of(cluster.here.id()),
                () -> Optional.of(cluster.now().minusMillis(250)),
                new StatisticsWatch(
                        () -> page.isPresent()
                                ? completedFuture(page.get())
                                : failedFuture(new IllegalStateException("no answer")),
                        destinations,
                        cluster.clock),
                Optional.empty(),
                cluster.clock,
                INTERVAL);
    }

    private Optional<NodeReport> reported(NodeRole role) {
        return get(cluster.geoDb.nodes().find(new NodeId(cluster.here.id(), role, NAME)));
    }

    private List<DestinationStatistics> published() {
        return get(cluster.geoDb.proxyStatistics().list(cluster.here.id()));
    }

    private static Counts counts(long attempts, long successes, long refused) {
        return new Counts(attempts, successes, Map.of(FailureKind.CONNECT, refused), Duration.ofMillis(successes));
    }

    private void dovecotSays(Map<String, Counts> sessions) {
        page = Optional.of(new ProxyPage(
                COUNTING_SINCE,
                Optional.of("2.3.19.1"),
                sessions.entrySet().stream()
                        .collect(toMap(
                                entry -> new HostTraffic(entry.getKey(), Traffic.SESSIONS), Map.Entry::getValue))));
    }

    @Test
    void saysWhoItIsAndHowFarBehind() {
        dovecotSays(Map.of());
        NodeReporter reporter = reporter(NodeRole.BACKEND);
        cluster.advance(INTERVAL);

        get(reporter.report());

        assertThat(reported(NodeRole.BACKEND))
                .contains(new NodeReport(
                        new NodeId(cluster.here.id(), NodeRole.BACKEND, NAME),
                        "machine",
                        "1.0",
                        Optional.of("2.3.19.1"),
                        "memory",
                        Optional.empty(),
                        cluster.now().minus(INTERVAL),
                        cluster.now(),
                        INTERVAL,
                        Optional.of(Duration.ofMillis(250))));
        assertThat(reported(NodeRole.PROXY)).isEmpty();
    }

    @Test
    void isThereAlsoWhenDovecotIsNot() {
        get(reporter(NodeRole.PROXY).report());

        assertThat(reported(NodeRole.PROXY))
                .get()
                .extracting(NodeReport::dovecot)
                .isEqualTo(Optional.empty());
        assertThat(published()).isEmpty();
    }

    @Test
    void aProxyPublishesWhatItCountedWithDestinationsOfTheCluster() {
        NodeReporter reporter = reporter(NodeRole.PROXY);
        dovecotSays(Map.of("b1.example.org", counts(100, 90, 10)));
        get(reporter.report());
        assertThat(published()).isEmpty();

        cluster.advance(INTERVAL);
        dovecotSays(Map.of(
                "b1.example.org", counts(105, 93, 12),
                "LB.porto.example.org", counts(7, 7, 0),
                "elsewhere.example.net", counts(9, 9, 0)));
        get(reporter.report());

        assertThat(published())
                .containsExactlyInAnyOrder(
                        statistics(new ProxyDestination.OfBackend(backend.id()), counts(5, 3, 2)),
                        statistics(new ProxyDestination.OfSite(porto.id()), counts(7, 7, 0)));
    }

    private DestinationStatistics statistics(ProxyDestination destination, Counts counts) {
        return new DestinationStatistics(
                cluster.here.id(),
                NAME,
                destination,
                Traffic.SESSIONS,
                cluster.now().minus(INTERVAL),
                cluster.now(),
                counts);
    }

    @Test
    void whatWasCountedByNameAndByAddressIsOneDestination() {
        get(addresses.find("b1.example.org"));
        NodeReporter reporter = reporter(NodeRole.PROXY);
        dovecotSays(Map.of());
        get(reporter.report());
        cluster.advance(INTERVAL);
        dovecotSays(Map.of("b1.example.org", counts(5, 5, 0), "127.0.0.11", counts(2, 1, 1)));

        get(reporter.report());

        assertThat(published())
                .containsExactly(statistics(new ProxyDestination.OfBackend(backend.id()), counts(7, 6, 1)));
    }

    @Test
    void goesOnWhenGeoDbWasAway() {
        NodeReporter reporter = reporter(NodeRole.PROXY);
        dovecotSays(Map.of("b1.example.org", counts(100, 100, 0)));
        cluster.fault = new Fault.Unavailable();
        get(reporter.report());
        cluster.advance(INTERVAL);
        cluster.fault = new Fault.None();
        dovecotSays(Map.of("b1.example.org", counts(110, 110, 0)));

        get(reporter.report());

        assertThat(reported(NodeRole.PROXY))
                .get()
                .extracting(NodeReport::seenAt)
                .isEqualTo(cluster.now());
        assertThat(published())
                .singleElement()
                .extracting(DestinationStatistics::counts)
                .isEqualTo(counts(10, 10, 0));
    }

    @Test
    void anotherNodeOfTheSameNameIsComplainedAboutAndOnesOwnPastIsNot() {
        try (Warnings warnings = new Warnings("org.pombal.node.report")) {
            get(reporter(NodeRole.PROXY).report());
            cluster.advance(Duration.ofSeconds(1));
            NodeReporter second = reporter(NodeRole.PROXY);
            get(second.report());
            assertThat(warnings.all()).isEmpty();

            NodeReport ours = reported(NodeRole.PROXY).orElseThrow();
            cluster.advance(INTERVAL.plusSeconds(1));
            get(cluster.geoDb
                    .nodes()
                    .report(new NodeReport(
                            ours.id(),
                            "clone",
                            "1.0",
                            Optional.empty(),
                            "memory",
                            Optional.empty(),
                            cluster.now().minusSeconds(3600),
                            cluster.now(),
                            INTERVAL,
                            Optional.empty())));
            get(second.report());

            assertThat(warnings.all())
                    .singleElement()
                    .asString()
                    .contains("another proxy p1.example.org", "clone", "cluster_proxy_name");
        }
    }
}
