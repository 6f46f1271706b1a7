package org.pombal.node.localdb;

import java.io.IOException;
import java.nio.file.FileSystemException;
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

    private final LocalDbSettings settings;
    private final PendingWrites writes;
    private final Supplier<KeptTopology> topology;
    private final StoreFiles files;

    private final AtomicLong unanswered = new AtomicLong();
    private volatile @Nullable Store store;
    private @Nullable GivenUp givenUp;
    private State state = State.UNAVAILABLE;
    private String detail = "";
    private boolean complete;

    /** A store that is no longer read, and why. */
    private record GivenUp(Store store, Fault fault) {}

    CurrentStore(LocalDbSettings settings, PendingWrites writes, Supplier<KeptTopology> topology) {
        this.settings = settings;
        this.writes = writes;
        this.topology = topology;
        files = new StoreFiles(settings);
    }

    @Nullable
    Store get() {
        return store;
    }

    /** Opens what the folder holds; to be called once, before anything else. */
    void openKeepingContent() {
        try {
            Store opened = files.open();
            LOG.info("LocalDB {} is open and knows {} users", files.path(), opened.users());
            use(opened);
            setComplete(opened);
            files.startCheck(opened, damage -> giveUp(opened, Fault.BROKEN, damage));
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
            opened = files.openEmpty();
        } catch (IOException | StoreException | LinkageError e) {
            setUnavailable(e);
            return;
        }
        use(opened);
        try {
            opened.apply(Write.all(topology.get()));
            setComplete(opened);
            LOG.info("LocalDB {} is in use and knows no users", files.path());
        } catch (StoreException e) {
            giveUp(opened, e.fault(), describe(e));
        } catch (RuntimeException e) {
            LOG.error("LocalDB {} could not be given the topology", files.path(), e);
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
            files.cancelCheck();
            givenUp = new GivenUp(untrue, fault);
            state = State.UNAVAILABLE;
            detail = why;
        }
        files.logBegunAnew(fault, why);
    }

    /** A question to the store was not answered. */
    void failed(Store asked, StoreException error) {
        String why = String.valueOf(error.getMessage());
        if (error.fault() != Fault.HINDERED) {
            giveUp(asked, error.fault(), why);
        } else if (store == asked && unanswered.getAndIncrement() == 0) {
            LOG.warn("LocalDB {} could not be read: {}. More of the same is counted, not told.", files.path(), why);
        }
    }

    /** The store could not be written, though nothing is wrong with its content; it is told once. */
    synchronized void setReadOnly(Store hindered, String why) {
        if (store == hindered && state == State.OK) {
            state = State.READ_ONLY;
            detail = why;
            LOG.warn(
                    "LocalDB {} cannot be written: {}. It still answers, and is tried again every {} s.",
                    files.path(),
                    why,
                    settings.retryInterval().toSeconds());
        }
    }

    synchronized void setWritable(Store written) {
        if (store == written && state == State.READ_ONLY) {
            state = State.OK;
            detail = "";
            LOG.info("LocalDB {} is written again", files.path());
        }
    }

    /** Whether all that should be in the store was given to it, so that it may be said to be true up to some time. */
    synchronized boolean isComplete() {
        return complete;
    }

    synchronized LocalDbHealth health(int pendingWrites, long droppedWrites) {
        Store current = store;
        long users = current == null ? 0 : current.users();
        return new LocalDbHealth(
                state, detail, users, pendingWrites, droppedWrites, unanswered.get(), files.rebuilds());
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
        }
        try (files) {
            files.cancelCheck();
            removeGivenUp();
            if (last != null) {
                last.close();
            }
        } catch (IOException | StoreException e) {
            LOG.warn("LocalDB {} could not be closed in order: {}", files.path(), describe(e));
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

    private void removeGivenUp() throws IOException {
        GivenUp last;
        synchronized (this) {
            last = givenUp;
        }
        if (last != null) {
            files.remove(last.store, last.fault);
            synchronized (this) {
                givenUp = null;
            }
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
                    files.path(),
                    why,
                    settings.retryInterval().toSeconds());
        }
    }

    private static String describe(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return error instanceof FileSystemException || error instanceof LinkageError
                ? error.getClass().getSimpleName() + ": " + message
                : message;
    }
}
