package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandra;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.JavaHome;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pombal geodb start}: a Cassandra for one machine, in the foreground. */
@Command(
        name = "start",
        sortOptions = false,
        description = {
            "Runs a Cassandra for trying things out on one machine, until Ctrl-C or SIGTERM.",
            "It listens on a loopback address only and asks nobody for a password. Its port and the name of its data centre"
                    + " are those of the settings CASSANDRA_PORT and CASSANDRA_LOCAL_DC."
        })
final class GeoDbStartCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int USUAL_STORAGE_PORT = 7700;

    private final PrintWriter out;
    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where it keeps its data; made if missing. Usually ~/.local/share/pombal/geodb.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--init", description = "Also creates keyspace and tables, as 'pombal geodb init --embedded' does.")
    private boolean init;

    @Option(names = "--address", paramLabel = "IP", description = "Loopback address it listens on. Usually 127.0.0.1.")
    private String address = "127.0.0.1";

    @Option(
            names = "--storage-port",
            paramLabel = "PORT",
            description = "Port that Cassandra's processes would talk to each other on. Usually 7700.")
    private int storagePort = USUAL_STORAGE_PORT;

    @Option(
            names = "--jmx-port",
            paramLabel = "PORT",
            description = "Port for Cassandra's nodetool. Usually there is none.")
    private Optional<Integer> jmxPort = Optional.empty();

    @Option(
            names = "--heap",
            paramLabel = "MB",
            description = "Largest heap in megabytes. Usually " + EmbeddedCassandraConfig.DEFAULT_HEAP_MEGABYTES + ".")
    private int heapMegabytes = EmbeddedCassandraConfig.DEFAULT_HEAP_MEGABYTES;

    @Option(
            names = "--java-home",
            paramLabel = "DIR",
            description = "Java 11 or 17 to run Cassandra on. Usually the one that runs this program.")
    private Optional<Path> javaHome = Optional.empty();

    GeoDbStartCommand(PrintWriter out, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SettingsException, InterruptedException {
        CassandraConfig connection = GeoDbConnection.toEmbedded(option.apply(environment, Set.of("geodb")), address);
        EmbeddedCassandraConfig config = config(connection);
        out.println("starting Cassandra, data in " + config.folder());
        // Before this returns, a signal ends everything at once: there is nothing to put in order yet.
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(config);
        try (StopSignal stop = new StopSignal(config.stopLimit().multipliedBy(2));
                cassandra) {
            if (init) {
                GeoDbInitCommand.install(connection, out);
            }
            out.println("Cassandra is ready on " + address + ":" + connection.port() + ", data centre "
                    + connection.localDataCentre() + ", pid " + cassandra.pid());
            while (!stop.await(LOOK)) {
                if (!cassandra.isAlive()) {
                    throw new CommandFailedException(
                            ExitCode.UNAVAILABLE, "Cassandra ended by itself; its log is in " + config.folder());
                }
            }
            out.println("stopping Cassandra");
        }
        return ExitCode.OK;
    }

    private EmbeddedCassandraConfig config(CassandraConfig connection) {
        try {
            return new EmbeddedCassandraConfig(
                            folder.orElseGet(this::usualFolder),
                            Installation.current().cassandraJars(),
                            javaHome.map(home -> new JavaHome(home, "--java-home"))
                                    .orElseGet(() -> JavaHome.current("--java-home")),
                            address,
                            new Port(connection.port(), "CASSANDRA_PORT"),
                            new Port(storagePort, "--storage-port"),
                            jmxPort.map(port -> new Port(port, "--jmx-port")),
                            new Ring("pombal", connection.localDataCentre(), List.of(address)),
                            heapMegabytes,
                            EmbeddedCassandraConfig.DEFAULT_START_LIMIT,
                            EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT)
                    .requireLoopback();
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** By the XDG base directory specification. */
    private Path usualFolder() {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path share = Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                .filter(text -> text.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(home, ".local", "share"));
        return share.resolve("pombal").resolve("geodb");
    }
}
