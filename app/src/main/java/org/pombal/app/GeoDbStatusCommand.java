package org.pombal.app;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.geodb.migration.SchemaCheck;
import org.pombal.geodb.migration.SchemaState;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pombal geodb status}: whether GeoDB can be used from here. */
@Command(
        name = "status",
        description = "Says whether GeoDB can be reached and used from here; exit code 0 if so, else 69.")
final class GeoDbStatusCommand implements Callable<Integer> {

    private final PrintWriter out;
    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    GeoDbStatusCommand(PrintWriter out, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SettingsException {
        CassandraConfig config = GeoDbConnection.of(option.apply(environment, Set.of("geodb")));
        CassandraSession sessions = GeoDbCommand.madeOfSettings(() -> new CassandraSession(config));
        try (CqlSession session = sessions.outsideKeyspaces()) {
            session.getMetadata().getNodes().values().stream()
                    .sorted(Comparator.comparing(node -> node.getEndPoint().toString()))
                    .map(GeoDbStatusCommand::line)
                    .forEach(out::println);
            SchemaState schema = new SchemaCheck(session, config.keyspace()).state();
            out.println(schema.message());
            return schema instanceof SchemaState.Usable ? ExitCode.OK : ExitCode.UNAVAILABLE;
        }
    }

    private static String line(Node node) {
        String address = node.getBroadcastRpcAddress()
                .map(known -> known.getAddress().getHostAddress() + ":" + known.getPort())
                .orElseGet(() -> node.getEndPoint().toString());
        return "node " + address + ", data centre " + node.getDatacenter() + ", Cassandra " + node.getCassandraVersion()
                + ", " + node.getState();
    }
}
