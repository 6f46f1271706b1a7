package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at settings of Cassandra's nodes on which the promises of compare-and-set rest. What is wrong there can be wrong for
 * years without a sign, so it is said at each start.
 */
final class ServerCheck {

    private static final String SETTINGS =
            "SELECT name, value FROM system_views.settings WHERE name IN ('paxos_variant', 'commitlog_sync')";

    private final CqlSession session;

    ServerCheck(CqlSession session) {
        this.session = requireNonNull(session, "session is null");
    }

    /** What an operator should change, node by node; asks the nodes that are up, and blocks. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Node node : session.getMetadata().getNodes().values()) {
            if (node.getState() == NodeState.UP) {
                warnings.addAll(warnings(node));
            }
        }
        return warnings;
    }

    private List<String> warnings(Node node) {
        List<String> warnings = new ArrayList<>();
        try {
            session.execute(SimpleStatement.newInstance(SETTINGS).setNode(node).setIdempotent(true))
                    .forEach(row -> warning(Columns.text(row, "name"), String.valueOf(row.getString("value")))
                            .ifPresent(
                                    warning -> warnings.add("Cassandra " + Failures.name(node) + " has " + warning)));
        } catch (DriverException e) {
            warnings.add("cannot read the settings of Cassandra " + Failures.name(node) + ": " + Failures.describe(e));
        }
        return warnings;
    }

    static Optional<String> warning(String setting, String value) {
        return switch (setting + " " + value) {
            case "paxos_variant v1",
                    "paxos_variant v1_without_linearizable_reads",
                    "paxos_variant v1_without_linearizable_reads_or_rejected_writes" ->
                Optional.of("paxos_variant " + value + ", which can undo compare-and-sets when nodes join or leave;"
                        + " set v2");
            case "commitlog_sync periodic" ->
                Optional.of(
                        "commitlog_sync periodic, which can forget compare-and-sets in a power cut; set batch or group");
            default -> Optional.empty();
        };
    }
}
