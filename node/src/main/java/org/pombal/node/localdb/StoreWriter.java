package org.pombal.node.localdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The connection that writes: each batch is one transaction. Used by one thread at a time. */
final class StoreWriter {

    private final Connection connection;
    private final MetaRows meta;
    private final SiteRows sites;
    private final GroupRows groups;
    private final UserRows users;
    private volatile long committedUsers;

    /** Opens the file, and makes the tables if it is empty. */
    static StoreWriter open(Path file, int maxUsers) throws SQLException, StoreException {
        Connection connection = Schema.openForWriting(file);
        try {
            return new StoreWriter(connection, maxUsers);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private StoreWriter(Connection connection, int maxUsers) throws SQLException {
        this.connection = connection;
        meta = new MetaRows(connection);
        sites = new SiteRows(connection);
        groups = new GroupRows(connection);
        users = new UserRows(connection, maxUsers);
        committedUsers = meta.users();
    }

    MetaRows meta() {
        return meta;
    }

    SiteRows sites() {
        return sites;
    }

    GroupRows groups() {
        return groups;
    }

    UserRows users() {
        return users;
    }

    long committedUsers() {
        return committedUsers;
    }

    /** Applies all of the batch or nothing. */
    void apply(List<Write> batch) throws SQLException {
        Schema.execute(connection, "BEGIN IMMEDIATE");
        try {
            groups.begin();
            users.setCount(committedUsers);
            for (Write write : batch) {
                write.applyTo(this);
            }
            users.trim();
            meta.setUsers(users.count());
            Schema.execute(connection, "COMMIT");
            committedUsers = users.count();
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    void close() throws SQLException {
        connection.close();
    }

    /** After some errors, a full disk among them, SQLite has rolled back by itself and says that there is nothing to. */
    private void rollBack(Exception reason) {
        try {
            Schema.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
