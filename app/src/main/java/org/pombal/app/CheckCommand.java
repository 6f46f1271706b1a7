package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.node.NodeSetup;
import org.pombal.node.check.Finding;
import org.pombal.node.check.SetupCheck;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pombal check}: whether this machine is set up as its node needs it. */
@Command(
        name = "check",
        description = {
            "Checks this machine's set-up beside a running node: GeoDB, Dovecot's",
            "configuration, sockets, names and clock. One line for each finding, with what",
            "to do; exit code 1 if there is an error, else 0. Changes nothing."
        })
final class CheckCommand implements Callable<Integer> {

    private final PrintWriter out;
    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    CheckCommand(PrintWriter out, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SettingsException, InterruptedException {
        Settings settings = option.apply(environment, Set.of("site", "node", "geodb"));
        List<Finding> findings = findings(NodeSetup.check(settings), GeoDbConnection.of(settings));
        findings.forEach(out::println);
        long errors = findings.stream().filter(Finding::isError).count();
        out.println(errors == 0 ? "no error found" : errors == 1 ? "1 error found" : errors + " errors found");
        return errors == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static List<Finding> findings(SetupCheck check, CassandraConfig config) throws InterruptedException {
        CassandraSession sessions = GeoDbCommand.madeOfSettings(() -> new CassandraSession(config));
        try (GeoDb geoDb = CassandraGeoDb.connect(sessions, config.keyspace())) {
            return check.findings(geoDb);
        } catch (GeoDbUnavailableException e) {
            return check.findingsWithoutGeoDb(String.valueOf(e.getMessage()));
        }
    }
}
