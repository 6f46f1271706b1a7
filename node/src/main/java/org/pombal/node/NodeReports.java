package org.pombal.node;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.pombal.dovecot.statistics.StatisticsClient;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.load.LoadReporter;
import org.pombal.node.report.DestinationReports;
import org.pombal.node.report.KnownDestinations;
import org.pombal.node.report.MachineName;
import org.pombal.node.report.NodeReporter;
import org.pombal.node.report.ReportedNode;
import org.pombal.node.report.StatisticsWatch;
import org.pombal.node.testlogin.TestLogins;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologyWatch;
import org.pombal.settings.Settings;

/** What the node reports, put together from its settings. */
final class NodeReports {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private NodeReports() {}

    /** The logins of test users from this node; empty if there are none. */
    static Optional<TestLogins> testLogins(
            Settings settings,
            ReportedNode node,
            Topology topology,
            HostAddresses addresses,
            PrometheusRegistry registry) {
        return TestLoginSettings.setup(settings)
                .map(setup ->
                        setup.of(node.name(), topology, addresses, settings.get(ReportSettings.WINDOW), registry));
    }

    /** @param executor runs what is to be done with Dovecot's answers */
    static NodeReporter reporter(
            Settings settings,
            ReportedNode node,
            GeoDb geoDb,
            Topology topology,
            HostAddresses addresses,
            TopologyWatch watch,
            Optional<TestLogins> testLogins,
            Executor executor) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .executor(executor)
                .build();
        StatisticsClient client = new StatisticsClient(http, settings.get(ReportSettings.STATISTICS_URL), TIMEOUT);
        Optional<DestinationReports> destinations = node.role() == NodeRole.BACKEND
                ? Optional.empty()
                : Optional.of(new DestinationReports(
                        node.name(),
                        new KnownDestinations(topology, addresses)::of,
                        settings.get(ReportSettings.WINDOW)));
        return new NodeReporter(
                geoDb,
                node,
                () -> topology.localSite().map(Site::id),
                watch::inStepAt,
                new StatisticsWatch(client::read, destinations, InstantSource.system()),
                testLogins,
                InstantSource.system(),
                settings.get(ReportSettings.INTERVAL));
    }

    /** @param samples of the groups that this backend owns, each time since the time before */
    static LoadReporter loads(
            Settings settings,
            HostName self,
            GeoDb geoDb,
            Topology topology,
            Supplier<CompletionStage<Map<GroupId, Sample>>> samples) {
        return new LoadReporter(
                geoDb.backendLoads(),
                () -> topology.backends().stream()
                        .filter(backend -> backend.host().equals(self))
                        .findFirst(),
                samples,
                InstantSource.system(),
                System::nanoTime,
                settings.get(LoadSettings.INTERVAL),
                settings.get(LoadSettings.WINDOW));
    }

    /** Who this node is, by its settings. */
    static ReportedNode node(Settings settings) {
        Optional<HostName> backend = settings.get(NodeSettings.BACKEND_NAME);
        String machine = MachineName.get();
        HostName name = backend.or(() -> settings.get(ReportSettings.PROXY_NAME))
                .orElseGet(() -> MachineName.asHostName(machine));
        Optional<String> peer = PeerSettings.key(settings).map(key -> PeerSettings.address(
                        settings,
                        name.value(),
                        settings.get(PeerSettings.LISTEN).port())
                .toString());
        return new ReportedNode(
                backend.isPresent() ? NodeRole.BACKEND : NodeRole.PROXY, name, machine, ProductVersion.get(), peer);
    }
}
