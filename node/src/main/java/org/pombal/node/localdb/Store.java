package org.pombal.node.localdb;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/**
 * An open file. Readers and the writer do not wait for one another; readers wait for one another some microseconds.
 *
 * <p>Whatever goes wrong is told by {@link StoreException}, which says whether the content can still be trusted.
 */
final class Store {

    private final Path file;
    private final StoreWriter writer;
    private final StoreReader reader;

    private Store(Path file, StoreWriter writer, StoreReader reader) {
        this.file = file;
        this.writer = writer;
        this.reader = reader;
    }

    /** Opens the file, and makes the tables if it is empty. Reads next to nothing of it. */
    static Store open(Path file, int maxUsers) throws StoreException {
        return translated(() -> {
            StoreWriter writer = StoreWriter.open(file, maxUsers);
            try {
                return new Store(file, writer, StoreReader.open(file));
            } catch (SQLException | RuntimeException e) {
                writer.close();
                throw e;
            }
        });
    }

    Path file() {
        return file;
    }

    Optional<GroupId> homeOf(UserKey user) throws StoreException {
        return translated(() -> reader.homeOf(user));
    }

    List<LocalDb.KeptUser> users(String after, int limit) throws StoreException {
        return translated(() -> reader.users(after, limit));
    }

    KeptTopology loadTopology() throws StoreException {
        return translated(reader::loadTopology);
    }

    Optional<Instant> syncedUntil() throws StoreException {
        return translated(reader::syncedUntil);
    }

    long users() {
        return writer.committedUsers();
    }

    /** Applies all of the batch or nothing. */
    void apply(List<Write> batch) throws StoreException {
        translated(() -> {
            writer.apply(batch);
            return batch;
        });
    }

    void close() throws StoreException {
        translated(() -> {
            reader.close();
            writer.close();
            return file;
        });
    }

    private static <T> T translated(Access<T> access) throws StoreException {
        try {
            return access.run();
        } catch (SQLException e) {
            throw StoreException.of(e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw StoreException.ofContent(e);
        }
    }

    private interface Access<T> {
        T run() throws SQLException, StoreException;
    }
}
