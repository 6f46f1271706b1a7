package org.pombal.node.localdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** The connection that answers, beside the one that writes; one question at a time, of which only the topology is long. */
final class StoreReader {

    private final Connection connection;
    private final PreparedStatement homeOf;
    private final PreparedStatement users;
    private final MetaRows meta;
    private final TopologyReader topology;

    /** Opens a file that is open for writing already. */
    static StoreReader open(Path file) throws SQLException {
        Connection connection = Schema.openForReading(file);
        try {
            return new StoreReader(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private StoreReader(Connection connection) throws SQLException {
        this.connection = connection;
        homeOf = connection.prepareStatement("""
                SELECT user_groups.site, user_groups.name
                FROM users JOIN user_groups ON user_groups.number = users.home
                WHERE users.name = ?""");
        users = connection.prepareStatement("""
                SELECT users.name AS user, user_groups.site, user_groups.name
                FROM users JOIN user_groups ON user_groups.number = users.home
                WHERE users.name > ? ORDER BY users.name LIMIT ?""");
        meta = new MetaRows(connection);
        topology = new TopologyReader(connection);
    }

    synchronized Optional<GroupId> homeOf(UserKey user) throws SQLException {
        homeOf.setString(1, user.value());
        try (ResultSet row = homeOf.executeQuery()) {
            return row.next() ? Optional.of(TopologyReader.groupId(row)) : Optional.empty();
        }
    }

    synchronized List<LocalDb.KeptUser> users(String after, int limit) throws SQLException {
        users.setString(1, after);
        users.setInt(2, limit);
        List<LocalDb.KeptUser> kept = new ArrayList<>();
        try (ResultSet rows = users.executeQuery()) {
            while (rows.next()) {
                kept.add(new LocalDb.KeptUser(new UserKey(rows.getString("user")), TopologyReader.groupId(rows)));
            }
        }
        return kept;
    }

    synchronized KeptTopology loadTopology() throws SQLException {
        return topology.load();
    }

    synchronized Optional<Instant> syncedUntil() throws SQLException {
        return meta.syncedUntil();
    }

    synchronized void close() throws SQLException {
        connection.close();
    }
}
