package org.pombal.node.localdb;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A look into the LocalDB of a node from another process, whether that node runs or not. Nothing is locked or written; where
 * the node is stopped, SQLite may have to write its log into the file first, which needs the right to write there.
 */
public final class KeptUsers implements AutoCloseable {

    private final StoreReader reader;

    private KeptUsers(StoreReader reader) {
        this.reader = reader;
    }

    /**
     * Opens it.
     *
     * @param stateDir the node's {@code cluster_state_dir}
     * @throws IllegalStateException if there is none or it cannot be read, naming the file
     */
    public static KeptUsers open(Path stateDir) {
        Path file = StoreFolder.fileIn(requireNonNull(stateDir, "stateDir is null"));
        if (!Files.isReadable(file)) {
            throw new IllegalStateException("there is no LocalDB that can be read at " + file
                    + "; a proxy's node keeps one below its cluster_state_dir");
        }
        return asked(file.toString(), () -> new KeptUsers(StoreReader.open(file)));
    }

    /** Sites, tags, backends and groups. */
    public KeptTopology topology() {
        return asked("its topology", reader::loadTopology);
    }

    /** Up to when it follows GeoDB's changes; empty if nobody can say. */
    public Optional<Instant> syncedUntil() {
        return asked("how old it is", reader::syncedUntil);
    }

    /**
     * Users in the order of their names.
     *
     * @param after the name after which to go on; empty for the first
     */
    public List<LocalDb.KeptUser> users(String after, int limit) {
        return asked("its users", () -> reader.users(after, limit));
    }

    @Override
    public void close() {
        asked("closing it", () -> {
            reader.close();
            return reader;
        });
    }

    private interface Question<T> {
        T put() throws SQLException;
    }

    private static <T> T asked(String what, Question<T> question) {
        try {
            return question.put();
        } catch (SQLException | IllegalArgumentException | DateTimeException e) {
            throw new IllegalStateException("the LocalDB cannot be read (" + what + "): " + e.getMessage(), e);
        }
    }
}
