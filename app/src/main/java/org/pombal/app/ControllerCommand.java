package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.pombal.controller.Controller;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.geodb.connection.ConnectingGeoDb;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pombal controller}: the REST API over GeoDB and the automation of a site, in the foreground. */
@Command(
        name = "controller",
        description = {
            "Runs the controller of a site, until Ctrl-C or SIGTERM: the REST API and the automation.",
            "It answers as soon as it has started, and waits for GeoDB."
        })
final class ControllerCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofHours(1);

    private final PrintWriter out;
    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    ControllerCommand(PrintWriter out, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SettingsException, InterruptedException {
        Settings settings = option.apply(environment, ControllerSettings.GROUPS);
        CassandraConfig config = GeoDbConnection.of(settings);
        CassandraSession sessions = new CassandraSession(config);
        try (StopSignal stop = new StopSignal(STOP_LIMIT);
                GeoDb geoDb = ConnectingGeoDb.start(() -> connect(settings, config, sessions), new Random())) {
            Controller controller = open(settings, geoDb);
            try {
                controller.start();
                OpenLibraries.open();
                while (!stop.await(LOOK)) {
                    // Nothing to do but to be here.
                }
            } catch (IOException e) {
                throw new CommandFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            } finally {
                controller.stop();
            }
        }
        return ExitCode.OK;
    }

    /** Looks first: where all is there already, the controller needs no right to create anything. */
    private GeoDb connect(Settings settings, CassandraConfig config, CassandraSession sessions) {
        GeoDbInitCommand.installDictmap(settings, config, out);
        try {
            return CassandraGeoDb.connect(sessions, config.keyspace());
        } catch (GeoDbUnavailableException e) {
            if (!settings.get(ControllerSettings.INIT_GEODB_SCHEMA)) {
                throw e;
            }
            GeoDbInitCommand.install(config, out);
            return CassandraGeoDb.connect(sessions, config.keyspace());
        }
    }

    private Controller open(Settings settings, GeoDb geoDb) {
        try {
            return new Controller(settings, geoDb, out::println);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
