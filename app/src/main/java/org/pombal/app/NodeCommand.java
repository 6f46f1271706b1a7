package org.pombal.app;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.geodb.connection.ConnectingGeoDb;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.node.GeoDbMetrics;
import org.pombal.node.Node;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pombal node}: the daemon beside a Dovecot proxy, in the foreground. */
@Command(
        name = "node",
        description = {
            "Runs the daemon beside a Dovecot proxy, until Ctrl-C or SIGTERM.",
            "It serves as soon as Dovecot and GeoDB are there, and waits for either."
        })
final class NodeCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofHours(1);

    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    NodeCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(requireNonNull(environment, "environment is null"));
    }

    @Override
    public Integer call() throws SettingsException, InterruptedException {
        Settings settings = option.apply(environment, Set.of("site", "node", "geodb"));
        CassandraConfig config = GeoDbConnection.of(settings);
        CassandraSession sessions = new CassandraSession(config);
        PrometheusRegistry registry = new PrometheusRegistry();
        GeoDbMetrics requests = new GeoDbMetrics(registry);
        try (StopSignal stop = new StopSignal(STOP_LIMIT);
                GeoDb geoDb = ConnectingGeoDb.start(
                        () -> CassandraGeoDb.connect(sessions, config.keyspace(), requests), new Random())) {
            Node node = open(settings, geoDb, registry);
            try {
                node.start();
            } catch (IOException e) {
                node.stop();
                throw new CommandFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            }
            OpenLibraries.open();
            while (!stop.await(LOOK)) {
                // Nothing to do but to be here.
            }
            node.stop();
        }
        return ExitCode.OK;
    }

    private static Node open(Settings settings, GeoDb geoDb, PrometheusRegistry registry) {
        try {
            return new Node(settings, geoDb, registry);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
