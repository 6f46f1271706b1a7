package org.pombal.node.localdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;

/**
 * User groups by number. A row may name a group of which only the users are known. Rows stay when their users go: groups
 * are retired in GeoDB, never deleted, so their number is bounded there.
 */
final class GroupRows {

    private final PreparedStatement find;
    private final PreparedStatement add;
    private final PreparedStatement save;
    private final Map<GroupId, Long> numbersOfThisTransaction = new HashMap<>();

    GroupRows(Connection connection) throws SQLException {
        find = connection.prepareStatement("SELECT number FROM user_groups WHERE site = ? AND name = ?");
        add = connection.prepareStatement("INSERT INTO user_groups (site, name) VALUES (?, ?) RETURNING number");
        save = connection.prepareStatement("""
                INSERT INTO user_groups (site, name, backend, failover, epoch, sticky_backend, sticky_users)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (site, name) DO UPDATE SET
                    backend = excluded.backend,
                    failover = excluded.failover,
                    epoch = excluded.epoch,
                    sticky_backend = excluded.sticky_backend,
                    sticky_users = excluded.sticky_users""");
    }

    /** To be called when a transaction begins: what another one found may have been rolled back. */
    void begin() {
        numbersOfThisTransaction.clear();
    }

    /** The number of the group, which gets one if it has none. */
    long numberOf(GroupId group) throws SQLException {
        Long known = numbersOfThisTransaction.get(group);
        if (known != null) {
            return known;
        }
        long number = findOrAdd(group);
        numbersOfThisTransaction.put(group, number);
        return number;
    }

    void save(UserGroup group) throws SQLException {
        name(save, group.id());
        save.setString(3, group.backend().toString());
        save.setString(4, group.failover().map(BackendId::toString).orElse(null));
        save.setLong(5, group.epoch());
        save.setBoolean(6, group.stickyBackend());
        save.setBoolean(7, group.stickyUsers());
        save.executeUpdate();
    }

    private long findOrAdd(GroupId group) throws SQLException {
        name(find, group);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        name(add, group);
        try (ResultSet row = add.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void name(PreparedStatement statement, GroupId group) throws SQLException {
        statement.setString(1, group.site().toString());
        statement.setString(2, group.name());
    }
}
