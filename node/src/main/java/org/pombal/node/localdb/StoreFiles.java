package org.pombal.node.localdb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens stores from the folder, has them checked, and removes their files when they are of no more use. A file is removed
 * only after all connections to it are closed: the last one that SQLite closes removes the log by its name, which would be
 * that of the next file (sqlite.org/howtocorrupt.html section 2.4).
 */
final class StoreFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);
    private static final Duration CHECK_END_LIMIT = Duration.ofSeconds(5);

    private final LocalDbSettings settings;
    private final StoreFolder folder;
    private final AtomicLong rebuilds = new AtomicLong();
    private volatile @Nullable IntegrityCheck check;

    StoreFiles(LocalDbSettings settings) {
        this.settings = settings;
        folder = new StoreFolder(settings.folder());
    }

    Path path() {
        return folder.file();
    }

    /** How often a file was removed because of a fault. */
    long rebuilds() {
        return rebuilds.get();
    }

    /** Opens what the folder holds, or begins anew if that cannot be trusted. */
    Store open() throws IOException, StoreException {
        folder.take();
        folder.createFile();
        try {
            return Store.open(path(), settings.maxUsers());
        } catch (StoreException e) {
            if (e.fault() == Fault.HINDERED) {
                throw e;
            }
            logBegunAnew(e.fault(), String.valueOf(e.getMessage()));
            remove(e.fault());
            folder.createFile();
            return Store.open(path(), settings.maxUsers());
        }
    }

    /** Opens an empty file in place of whatever the folder holds. */
    Store openEmpty() throws IOException, StoreException {
        open().close();
        folder.delete();
        return open();
    }

    /** Begins to check the store's file; {@code broken} is told of damage, on another thread. */
    void startCheck(Store store, Consumer<String> broken) {
        check = IntegrityCheck.start(store.file(), settings.checkLimit(), broken);
    }

    void cancelCheck() {
        IntegrityCheck current = check;
        if (current != null) {
            current.cancel();
        }
    }

    /** Closes the store and removes its file, or puts it aside if it is broken. */
    void remove(Store store, Fault fault) throws IOException {
        awaitEndOfCheck();
        try {
            store.close();
        } catch (StoreException e) {
            LOG.debug("LocalDB {}, given up, could not be closed in order", path(), e);
        }
        remove(fault);
    }

    void logBegunAnew(Fault fault, String why) {
        LOG.warn(
                "LocalDB {} is begun anew: {}. {} Users are looked up in GeoDB again.",
                path(),
                why,
                fault == Fault.BROKEN ? "The old file is kept as " + folder.aside() + "." : "The old file is removed.");
    }

    /** Leaves the folder to others. */
    @Override
    public void close() throws IOException {
        try (folder) {
            cancelCheck();
            awaitEndOfCheck();
        }
    }

    private void remove(Fault fault) throws IOException {
        if (fault == Fault.BROKEN) {
            folder.moveAside();
        } else {
            folder.delete();
        }
        rebuilds.incrementAndGet();
    }

    private void awaitEndOfCheck() throws IOException {
        IntegrityCheck current = check;
        try {
            if (current != null && !current.awaitEnd(CHECK_END_LIMIT)) {
                throw new IOException("the check of the file, which was cancelled, does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the check of the file was to end");
        }
    }
}
