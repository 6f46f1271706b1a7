package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.migration.DictmapSchema;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.geodb.settings.DictmapSettings;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pombal geodb init}: creates what is missing of keyspace and tables. */
@Command(
        name = "init",
        description = {
            "Creates GeoDB's keyspace and tables, or brings them to this release's version.",
            "Does nothing where that is done already; may be run several times, also at once.",
            "With DICTMAP_ENABLED also what fs-dictmap of Dovecot Pro needs."
        })
final class GeoDbInitCommand implements Callable<Integer> {

    private static final Duration LONGEST_WAIT_FOR_ANOTHER = Duration.ofMinutes(2);

    private final PrintWriter out;
    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    @Option(
            names = "--embedded",
            description = "For the Cassandra of 'pombal geodb start': it keeps one copy, because it is alone.")
    private boolean embedded;

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "With --embedded: the loopback address it listens on. Usually 127.0.0.1.")
    private String address = "127.0.0.1";

    GeoDbInitCommand(PrintWriter out, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SettingsException {
        Settings settings = option.apply(environment, Set.of("geodb", "dictmap"));
        CassandraConfig config =
                embedded ? GeoDbConnection.toEmbedded(settings, address) : GeoDbConnection.of(settings);
        install(config, out);
        installDictmap(settings, config, out);
        return ExitCode.OK;
    }

    static void install(CassandraConfig config, PrintWriter out) {
        SchemaInstaller installer = GeoDbCommand.madeOfSettings(
                () -> new SchemaInstaller(config, hostName(), LONGEST_WAIT_FOR_ANOTHER, out::println));
        installer.install();
    }

    /** Does nothing unless the settings want it. */
    static void installDictmap(Settings settings, CassandraConfig config, PrintWriter out) {
        DictmapSettings.keyspaceToCreate(settings)
                .ifPresent(keyspace -> new DictmapSchema(config, keyspace, out::println).install());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
