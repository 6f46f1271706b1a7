package org.pombal.node.localdb;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pombal.model.user.UserKey;

/**
 * The bounded queue between those who change LocalDB and the thread that writes, and a view of what it holds of each
 * user, so that a lookup never misses a change that was accepted but is not written yet.
 */
final class PendingWrites {

    /** What became of an offer. */
    enum Offer {
        ACCEPTED,
        /** There is no room. */
        FULL,
        /** Nothing is accepted now, because there is no store the write could change. */
        CLOSED
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Write> queue = new ArrayDeque<>();
    private final Map<UserKey, Write.OfUser> latest = new ConcurrentHashMap<>();
    private List<Write> taken = List.of();
    private boolean open;

    PendingWrites(int capacity) {
        this.capacity = capacity;
    }

    /** Accepts writes from now on. */
    void open() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more writes; those that were accepted stay. */
    void close() {
        lock.lock();
        try {
            open = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more writes and drops those that were accepted. */
    void closeAndDrop() {
        lock.lock();
        try {
            open = false;
            queue.clear();
            taken = List.of();
            latest.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues a write. One that may be dropped finds no room in the last quarter; one that may not waits for room.
     *
     * @param patience how long such a write waits
     */
    Offer offer(Write write, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            int room = write.mayBeDropped() ? capacity - capacity / 4 : capacity;
            long nanos = write.mayBeDropped() ? 0 : patience.toNanos();
            while (open && size() >= room && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (!open) {
                return Offer.CLOSED;
            }
            if (size() >= room) {
                return Offer.FULL;
            }
            queue.add(write);
            if (write instanceof Write.OfUser ofUser) {
                latest.put(ofUser.user(), ofUser);
            }
            changed.signalAll();
            return Offer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /** The last accepted write of this user that is not in the file yet, or null. */
    Write.@Nullable OfUser latest(UserKey user) {
        return latest.get(user);
    }

    /**
     * Takes up to {@code max} writes in the order of their acceptance, waiting for the first. They count as pending until
     * {@link #written}. Nothing comes when the time is over or writes are no longer accepted.
     */
    List<Write> take(int max, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (queue.isEmpty() && open && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            List<Write> batch = new ArrayList<>(Math.min(max, queue.size()));
            while (batch.size() < max && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            taken = batch;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** The writes that were taken last are in the file. */
    void written(List<Write> batch) {
        lock.lock();
        try {
            taken = List.of();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Write write : batch) {
            if (write instanceof Write.OfUser ofUser) {
                latest.computeIfPresent(ofUser.user(), (user, last) -> last == ofUser ? null : last);
            }
        }
    }

    /** Waits until the time is over or writes are no longer accepted. */
    void awaitClosed(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (open && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    int capacity() {
        return capacity;
    }

    int size() {
        lock.lock();
        try {
            return queue.size() + taken.size();
        } finally {
            lock.unlock();
        }
    }
}
