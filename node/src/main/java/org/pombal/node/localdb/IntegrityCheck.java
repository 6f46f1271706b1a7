package org.pombal.node.localdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Reads all of a file that was just opened and tells if it is broken ({@code PRAGMA quick_check}), on a connection and a
 * thread of its own: a million users take some tenths of a second, for which no login should wait. Damage that a lookup
 * meets earlier is told by the lookup.
 */
final class IntegrityCheck {

    private static final Logger LOG = LoggerFactory.getLogger(IntegrityCheck.class);
    private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 10_000;

    private final Path file;
    private final Consumer<String> broken;
    private final Thread thread;
    private final long deadline;
    private volatile boolean cancelled;

    private IntegrityCheck(Path file, Duration limit, Consumer<String> broken) {
        this.file = file;
        this.broken = broken;
        deadline = System.nanoTime() + limit.toNanos();
        thread = new Thread(this::run, "pombal-localdb-check");
        thread.setDaemon(true);
    }

    /**
     * Begins to check.
     *
     * @param limit how long it may take; a file that was checked in part counts as whole
     * @param broken is told what was found, on the check's thread
     */
    static IntegrityCheck start(Path file, Duration limit, Consumer<String> broken) {
        IntegrityCheck check = new IntegrityCheck(file, limit, broken);
        check.thread.start();
        return check;
    }

    /** Ends the check soon; what it finds from now on is not told. */
    void cancel() {
        cancelled = true;
    }

    /**
     * Waits until the check has closed its connection. Before that the file must not be removed: SQLite removes the log of
     * the last connection by its name, which may be another file's by then.
     *
     * @return whether it has
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        thread.join(limit.toMillis());
        return !thread.isAlive();
    }

    private void run() {
        String damage = damage();
        if (!damage.isEmpty() && !cancelled) {
            broken.accept("the check after opening found: " + damage.replace('\n', ' '));
        }
    }

    /** What is wrong with the file; empty if nothing is or was found in time. */
    private String damage() {
        long start = System.nanoTime();
        try (Connection connection = Schema.openForReading(file)) {
            ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS_AT_THE_CLOCK, new ProgressHandler() {
                @Override
                protected int progress() {
                    return cancelled || System.nanoTime() - deadline > 0 ? 1 : 0;
                }
            });
            String verdict = quickCheck(connection);
            LOG.debug("LocalDB {} was checked in {} ms", file, (System.nanoTime() - start) / 1_000_000);
            return verdict.equals("ok") ? "" : verdict;
        } catch (SQLException e) {
            return damageToldBy(e);
        }
    }

    private String damageToldBy(SQLException error) {
        if (Fault.of(error) != Fault.HINDERED) {
            return String.valueOf(error.getMessage());
        }
        boolean interrupted =
                error instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT;
        if (!cancelled) {
            LOG.info(
                    "LocalDB {} was not checked to its end: {}",
                    file,
                    interrupted ? "the time for it is over" : error.getMessage());
        }
        return "";
    }

    private static String quickCheck(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            return row.next() ? row.getString(1) : "the check said nothing";
        }
    }
}
