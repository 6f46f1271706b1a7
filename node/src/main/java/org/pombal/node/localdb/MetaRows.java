package org.pombal.node.localdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Single values: how many users there are, and up to when the feed of changes was applied. */
final class MetaRows {

    private static final String USERS = "users";
    private static final String SYNCED_UNTIL = "synced_until";

    private final PreparedStatement get;
    private final PreparedStatement set;

    MetaRows(Connection connection) throws SQLException {
        get = connection.prepareStatement("SELECT value FROM meta WHERE name = ?");
        set = connection.prepareStatement("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
    }

    long users() throws SQLException {
        return get(USERS).map(Long::parseLong).orElse(0L);
    }

    void setUsers(long users) throws SQLException {
        set(USERS, Long.toString(users));
    }

    Optional<Instant> syncedUntil() throws SQLException {
        return get(SYNCED_UNTIL).map(Instant::parse);
    }

    void setSyncedUntil(Instant until) throws SQLException {
        set(SYNCED_UNTIL, until.toString());
    }

    private Optional<String> get(String name) throws SQLException {
        get.setString(1, name);
        try (ResultSet row = get.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private void set(String name, String value) throws SQLException {
        set.setString(1, name);
        set.setString(2, value);
        set.executeUpdate();
    }
}
