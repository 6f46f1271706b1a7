package org.pombal.node.localdb;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writing thread does: writes what is pending, one transaction per batch, and mends what it can. */
final class WriteLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteLoop.class);
    private static final int MAX_BATCH = 1000;

    private final CurrentStore current;
    private final PendingWrites writes;
    private final Duration retryInterval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private long nextOpening;

    WriteLoop(CurrentStore current, PendingWrites writes, Duration retryInterval) {
        this.current = current;
        this.writes = writes;
        this.retryInterval = retryInterval;
        nextOpening = System.nanoTime() + (current.get() == null ? retryInterval.toNanos() : 0);
    }

    /** Makes the loop write what is pending, close the store and end. A file that cannot be written is not tried again. */
    void close() {
        closing.countDown();
        writes.close();
    }

    @Override
    public void run() {
        try {
            while (!isClosing()) {
                Store store = current.get();
                if (store == null) {
                    openAnother();
                } else {
                    writeNext(store);
                }
            }
            writeTheRest();
        } catch (InterruptedException e) {
            LOG.warn("the thread that writes LocalDB was interrupted; {} changes are not kept", writes.size());
        } finally {
            current.close();
        }
    }

    /** A fault that comes back at once must not become a busy loop. */
    private void openAnother() throws InterruptedException {
        long wait = nextOpening - System.nanoTime();
        if (wait <= 0 || !closing.await(wait, NANOSECONDS)) {
            nextOpening = System.nanoTime() + retryInterval.toNanos();
            current.openEmpty();
        }
    }

    private void writeNext(Store store) throws InterruptedException {
        List<Write> batch = writes.take(MAX_BATCH, retryInterval);
        while (!batch.isEmpty() && !write(store, batch)) {
            writes.awaitClosed(retryInterval);
            if (isClosing() || current.get() != store) {
                return;
            }
        }
    }

    private void writeTheRest() throws InterruptedException {
        Store store = current.get();
        if (store == null) {
            return;
        }
        List<Write> batch;
        do {
            batch = writes.take(MAX_BATCH, Duration.ZERO);
        } while (!batch.isEmpty() && write(store, batch));
    }

    private boolean write(Store store, List<Write> batch) {
        try {
            store.apply(batch);
            writes.written(batch);
            current.setWritable(store);
            return true;
        } catch (StoreException e) {
            if (e.fault() == Fault.HINDERED) {
                current.setReadOnly(store, String.valueOf(e.getMessage()));
            } else {
                current.giveUp(store, e.fault(), String.valueOf(e.getMessage()));
            }
        } catch (RuntimeException e) {
            LOG.error("writing LocalDB failed in a way nobody thought of", e);
            current.giveUp(store, Fault.BROKEN, e.toString());
        }
        return false;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
