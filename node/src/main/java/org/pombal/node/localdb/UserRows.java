package org.pombal.node.localdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.pombal.model.user.UserKey;

/** Users and the numbers of their home groups, the least recently written first. */
final class UserRows {

    /** How many rows one transaction removes at most when there are too many. */
    private static final int MAX_TRIMMED = 10_000;

    private final PreparedStatement delete;
    private final PreparedStatement insert;
    private final PreparedStatement trim;
    private final int maxUsers;
    private long count;

    UserRows(Connection connection, int maxUsers) throws SQLException {
        this.maxUsers = maxUsers;
        delete = connection.prepareStatement("DELETE FROM users WHERE name = ?");
        insert = connection.prepareStatement("INSERT INTO users (name, home) VALUES (?, ?)");
        trim = connection.prepareStatement(
                "DELETE FROM users WHERE written IN (SELECT written FROM users ORDER BY written LIMIT ?)");
    }

    long count() {
        return count;
    }

    void setCount(long newCount) {
        count = newCount;
    }

    /** Writes the user as the most recent one. */
    void remember(UserKey user, long home) throws SQLException {
        forget(user);
        insert.setString(1, user.value());
        insert.setLong(2, home);
        count += insert.executeUpdate();
    }

    void forget(UserKey user) throws SQLException {
        delete.setString(1, user.value());
        count -= delete.executeUpdate();
    }

    /** Removes the least recently written of those that are too many. If there are fewer, none is left. */
    void trim() throws SQLException {
        if (count > maxUsers) {
            long tooMany = Math.min(count - maxUsers, MAX_TRIMMED);
            trim.setLong(1, tooMany);
            int removed = trim.executeUpdate();
            count = removed < tooMany ? 0 : count - removed;
        }
    }
}
