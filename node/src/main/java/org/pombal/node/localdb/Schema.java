package org.pombal.node.localdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * How the file is opened and what stands in it.
 *
 * <p>Write-ahead log with {@code synchronous = NORMAL}: a commit costs no fsync, a checkpoint does. After a power cut the
 * last commits may be missing, but never one without those after it, because frames of the log count only up to the first
 * whose chained checksum fails, and the database file is only written after the log is on disk (sqlite.org/wal.html). That
 * is what {@code synced_until} rests on: the older mark comes back together with the older rows. {@code OFF} would save
 * nothing but the fsyncs of checkpoints, and a power cut could leave a file that is wrong without looking so.
 *
 * <p>Rows of users are ordered by when they were written, so that the oldest are found without an index of their own.
 */
final class Schema {

    /** Grows with each change of the tables. A file with another version is begun anew: it is only a cache. */
    static final int VERSION = 1;

    /** Marks the file as ours ("Pomb"). */
    private static final int APPLICATION_ID = 0x506f6d62;

    private static final String[] TABLES = {
        """
        CREATE TABLE meta (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL) STRICT, WITHOUT ROWID""", """
        CREATE TABLE sites (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            status TEXT NOT NULL,
            tag TEXT,
            load_balancer TEXT,
            group_count INTEGER,
            version INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
        CREATE TABLE site_tags (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL) STRICT, WITHOUT ROWID""", """
        CREATE TABLE backends (
            site TEXT NOT NULL,
            id TEXT NOT NULL,
            host TEXT NOT NULL,
            status TEXT NOT NULL,
            load_factor INTEGER NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (site, id)) STRICT, WITHOUT ROWID""", """
        CREATE TABLE user_groups (
            number INTEGER PRIMARY KEY,
            site TEXT NOT NULL,
            name TEXT NOT NULL,
            backend TEXT,
            failover TEXT,
            epoch INTEGER,
            sticky_backend INTEGER,
            sticky_users INTEGER,
            UNIQUE (site, name)) STRICT""", """
        CREATE TABLE users (
            written INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            home INTEGER NOT NULL) STRICT""", "PRAGMA application_id = " + APPLICATION_ID, "PRAGMA user_version = " + VERSION,
    };

    private static final String[] WRITER_SETTINGS = {
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA journal_size_limit = 16777216",
        "PRAGMA cache_size = -8192",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cell_size_check = ON",
        "PRAGMA trusted_schema = OFF",
    };

    private static final String[] READER_SETTINGS = {
        "PRAGMA query_only = ON",
        "PRAGMA cache_size = -2048",
        "PRAGMA cell_size_check = ON",
        "PRAGMA trusted_schema = OFF",
    };

    private static final int BUSY_TIMEOUT_MILLIS = 1000;

    private Schema() {}

    /** Opens the file for writing; makes the tables if it is empty. */
    static Connection openForWriting(Path file) throws SQLException, StoreException {
        Connection connection = connect(file);
        try {
            if (isEmpty(connection)) {
                execute(connection, WRITER_SETTINGS);
                create(connection);
            } else {
                check(connection);
                execute(connection, WRITER_SETTINGS);
            }
            return connection;
        } catch (SQLException | StoreException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a file that is open for writing already. */
    static Connection openForReading(Path file) throws SQLException {
        Connection connection = connect(file);
        try {
            execute(connection, READER_SETTINGS);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM sqlite_schema") == 0
                && number(connection, "PRAGMA user_version") == 0;
    }

    private static void check(Connection connection) throws SQLException, StoreException {
        long application = number(connection, "PRAGMA application_id");
        if (application != APPLICATION_ID) {
            throw new StoreException(
                    Fault.BROKEN, "it is a database of another application (id %d)".formatted(application));
        }
        long version = number(connection, "PRAGMA user_version");
        if (version != VERSION) {
            throw new StoreException(Fault.OUTDATED, "its schema has version %d, not %d".formatted(version, VERSION));
        }
    }

    private static void create(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
        execute(connection, TABLES);
        execute(connection, "COMMIT");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
