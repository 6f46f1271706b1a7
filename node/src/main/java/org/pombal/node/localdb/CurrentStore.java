package org.pombal.node.localdb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.node.localdb.LocalDbHealth.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store that is in use, if there is one: opened, given up when it is no longer true, begun anew.
 *
 * <p>Any thread may give a store up; from that moment nothing is read from it. Only the writing thread opens another one,
 * and that is always empty: whatever the folder holds then, nobody has compared it with the feed of changes.
 */
final class CurrentStore {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentStore.class);

    private static final Duration CHECK_END_LIMIT = Duration.ofSeconds(5);

    private final LocalDbSettings settings;
    private final PendingWrites writes;
    private final Supplier<KeptTopology> topology;
    private final StoreFolder folder;

    private final AtomicLong unanswered = new AtomicLong();
    private volatile @Nullable Store store;
    private @Nullable GivenUp givenUp;
    private @Nullable IntegrityCheck check;
    private State state = State.UNAVAILABLE;
    private String detail = "";
    private long rebuilds;
    private boolean complete;

    /** A store that is no longer read, and why. */
    private record GivenUp(Store store, Fault fault) {}

    CurrentStore(LocalDbSettings settings, PendingWrites writes, Supplier<KeptTopology> topology) {
        this.settings = settings;
        this.writes = writes;
        this.topology = topology;
        folder = new StoreFolder(settings.folder());
    }

    @Nullable
    Store get() {
        return store;
    }

    /** Opens what the folder holds; to be called once, before anything else. */
    void openKeepingContent() {
        try {
            Store opened = openFile();
            LOG.info("LocalDB {} is open and knows {} users", folder.file(), opened.users());
            use(opened);
            startCheck(opened);
            setComplete(opened);
        } catch (IOException | StoreException | LinkageError e) {
            setUnavailable(e);
        }
    }

    /**
     * Begins an empty file in place of one that was given up or could not be opened, and saves the topology there. Writes
     * are accepted before the topology is asked for: none can fall between.
     */
    void openEmpty() {
        Store opened;
        try {
            removeGivenUp();
            openFile().close();
            folder.delete();
            opened = openFile();
        } catch (IOException | StoreException | LinkageError e) {
            setUnavailable(e);
            return;
        }
        use(opened);
        try {
            opened.apply(Write.all(topology.get()));
            setComplete(opened);
            LOG.info("LocalDB {} is in use and knows no users", folder.file());
        } catch (StoreException e) {
            giveUp(opened, e.fault(), describe(e));
        } catch (RuntimeException e) {
            LOG.error("LocalDB {} could not be given the topology", folder.file(), e);
            giveUp(opened, Fault.OUTDATED, e.toString());
        }
    }

    /** Gives the store up, unless that was done before. */
    void giveUp(Store untrue, Fault fault, String why) {
        synchronized (this) {
            if (store != untrue) {
                return;
            }
            store = null;
            complete = false;
            writes.closeAndDrop();
            cancelCheck();
            givenUp = new GivenUp(untrue, fault);
            state = State.UNAVAILABLE;
            detail = why;
            rebuilds++;
        }
        logGivenUp(fault, why);
    }

    /** A question to the store was not answered. */
    void failed(Store asked, StoreException error) {
        String why = String.valueOf(error.getMessage());
        if (error.fault() != Fault.HINDERED) {
            giveUp(asked, error.fault(), why);
        } else if (store == asked && unanswered.getAndIncrement() == 0) {
            LOG.warn("LocalDB {} could not be read: {}. More of the same is counted, not told.", folder.file(), why);
        }
    }

    /** The store could not be written, though nothing is wrong with its content; it is told once. */
    synchronized void setReadOnly(Store hindered, String why) {
        if (store == hindered && state == State.OK) {
            state = State.READ_ONLY;
            detail = why;
            LOG.warn(
                    "LocalDB {} cannot be written: {}. It still answers, and is tried again every {} s.",
                    folder.file(),
                    why,
                    settings.retryInterval().toSeconds());
        }
    }

    synchronized void setWritable(Store written) {
        if (store == written && state == State.READ_ONLY) {
            state = State.OK;
            detail = "";
            LOG.info("LocalDB {} is written again", folder.file());
        }
    }

    /** Whether all that should be in the store was given to it, so that it may be said to be true up to some time. */
    synchronized boolean isComplete() {
        return complete;
    }

    synchronized LocalDbHealth health(int pendingWrites, long droppedWrites) {
        Store current = store;
        long users = current == null ? 0 : current.users();
        return new LocalDbHealth(state, detail, users, pendingWrites, droppedWrites, unanswered.get(), rebuilds);
    }

    /** Closes the store and leaves the folder to others. */
    void close() {
        Store last;
        synchronized (this) {
            last = store;
            store = null;
            state = State.UNAVAILABLE;
            detail = "closed";
            writes.closeAndDrop();
            cancelCheck();
        }
        try (folder) {
            removeGivenUp();
            if (last != null) {
                last.close();
            }
        } catch (IOException | StoreException e) {
            LOG.warn("LocalDB {} could not be closed in order: {}", folder.file(), describe(e));
        }
    }

    private Store openFile() throws IOException, StoreException {
        folder.take();
        folder.createFile();
        try {
            return Store.open(folder.file(), settings.maxUsers());
        } catch (StoreException e) {
            if (e.fault() == Fault.HINDERED) {
                throw e;
            }
            synchronized (this) {
                rebuilds++;
            }
            logGivenUp(e.fault(), describe(e));
            remove(e.fault());
            folder.createFile();
            return Store.open(folder.file(), settings.maxUsers());
        }
    }

    private synchronized void use(Store opened) {
        store = opened;
        state = State.OK;
        detail = "";
        writes.open();
    }

    private synchronized void setComplete(Store filled) {
        complete = store == filled;
    }

    private synchronized void startCheck(Store opened) {
        if (store == opened && opened.users() > 0) {
            check = IntegrityCheck.start(
                    opened.file(), settings.checkLimit(), damage -> giveUp(opened, Fault.BROKEN, damage));
        }
    }

    private synchronized void cancelCheck() {
        if (check != null) {
            check.cancel();
        }
    }

    /** Must come before any file is removed. */
    private void awaitEndOfCheck() throws IOException {
        IntegrityCheck last;
        synchronized (this) {
            last = check;
        }
        try {
            if (last != null && !last.awaitEnd(CHECK_END_LIMIT)) {
                throw new IOException("the check of the file, which was cancelled, does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the check of the file was to end");
        }
    }

    private void removeGivenUp() throws IOException {
        awaitEndOfCheck();
        GivenUp last;
        synchronized (this) {
            last = givenUp;
            givenUp = null;
        }
        if (last != null) {
            try {
                last.store.close();
            } catch (StoreException e) {
                LOG.debug("LocalDB {}, given up, could not be closed in order", folder.file(), e);
            }
            remove(last.fault);
        }
    }

    private void remove(Fault fault) throws IOException {
        if (fault == Fault.BROKEN) {
            folder.moveAside();
        } else {
            folder.delete();
        }
    }

    private synchronized void setUnavailable(Throwable error) {
        String why = describe(error);
        state = State.UNAVAILABLE;
        if (!detail.equals(why)) {
            detail = why;
            LOG.warn(
                    "LocalDB {} cannot be used: {}. The node works without it, but knows nobody after a restart;"
                            + " it is tried again every {} s.",
                    folder.file(),
                    why,
                    settings.retryInterval().toSeconds());
        }
    }

    private void logGivenUp(Fault fault, String why) {
        LOG.warn(
                "LocalDB {} is begun anew: {}. {} Users are looked up in GeoDB again.",
                folder.file(),
                why,
                fault == Fault.BROKEN ? "The old file is kept as " + folder.aside() + "." : "The old file is removed.");
    }

    private static String describe(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return error instanceof FileSystemException || error instanceof LinkageError
                ? error.getClass().getSimpleName() + ": " + message
                : message;
    }
}
