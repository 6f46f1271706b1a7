package org.pombal.node.cache;

import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;

/**
 * A share of the cache with its own table and lock.
 *
 * <p>Readers look without a lock and look again if a write came between ({@link StampedLock}). Writers exclude one
 * another by this object's monitor and hold the lock's write mode only while they change slots in place: a table is
 * enlarged beside the one that readers use.
 *
 * <p>The table grows by a quarter when four fifths of it are taken, so that 1.25 to 1.57 slots stand for an entry. A full
 * segment evicts by the clock algorithm: the hand passes entries that were read since it came by last, and takes the
 * first that was not. A new entry counts as unread, so that a mailing to thousands of users who never log in does not
 * displace those who do.
 */
final class Segment {

    /** The segment, its lock, its table, the header of the table's array and the reference to the segment. */
    static final int FIXED_BYTES = 136;

    private static final int FIRST_CAPACITY = 10;
    private static final int OPTIMISTIC_READS = 8;

    private final StampedLock lock = new StampedLock();
    private final int maxEntries;
    private SlotTable slots = new SlotTable(FIRST_CAPACITY);
    private volatile int size;
    private volatile int capacity = FIRST_CAPACITY;
    private int hand;

    Segment(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** The group of this hash, looked up in {@code groups} while the entry is known to refer to it. */
    @Nullable
    GroupId homeOf(long first, long second, GroupTable groups) {
        for (int i = 0; i < OPTIMISTIC_READS; i++) {
            long stamp = lock.tryOptimisticRead();
            SlotTable current = slots;
            int slot = current.find(first, second);
            GroupId home = slot == SlotTable.ABSENT ? null : groups.get(current.group(slot));
            if (lock.validate(stamp)) {
                markUsed(current, slot);
                return home;
            }
            Thread.onSpinWait();
        }
        return homeOfLocked(first, second, groups);
    }

    /**
     * Sets the group of this hash.
     *
     * @return the number of a group that one entry less refers to now, or {@link GroupTable#NONE}
     */
    synchronized int put(long first, long second, int group) {
        int slot = slots.find(first, second);
        if (slot != SlotTable.ABSENT) {
            return replace(slot, group);
        }
        int evicted = slots.size() < maxEntries ? GroupTable.NONE : remove(nextVictim());
        SlotTable roomy = isCrowded(slots) ? slots.resized(slots.capacity() + slots.capacity() / 4) : slots;
        long stamp = lock.writeLock();
        try {
            slots = roomy;
            slots.add(first, second, group, false);
        } finally {
            lock.unlockWrite(stamp);
        }
        publishCounts();
        return evicted;
    }

    /** Removes the entry; returns as {@link #put} does. */
    synchronized int remove(long first, long second) {
        int slot = slots.find(first, second);
        return slot == SlotTable.ABSENT ? GroupTable.NONE : remove(slot);
    }

    /** Removes all entries and gives their memory back. */
    synchronized void clear(GroupTable groups) {
        SlotTable old = slots;
        long stamp = lock.writeLock();
        try {
            slots = new SlotTable(FIRST_CAPACITY);
        } finally {
            lock.unlockWrite(stamp);
        }
        hand = 0;
        publishCounts();
        for (int slot = 0; slot < old.capacity(); slot++) {
            if (!old.isEmpty(slot)) {
                groups.release(old.group(slot));
            }
        }
    }

    int size() {
        return size;
    }

    long bytes() {
        return FIXED_BYTES + (long) SlotTable.BYTES_PER_SLOT * capacity;
    }

    private @Nullable GroupId homeOfLocked(long first, long second, GroupTable groups) {
        long stamp = lock.readLock();
        try {
            int slot = slots.find(first, second);
            markUsed(slots, slot);
            return slot == SlotTable.ABSENT ? null : groups.get(slots.group(slot));
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private static void markUsed(SlotTable table, int slot) {
        if (slot != SlotTable.ABSENT) {
            table.markUsed(slot);
        }
    }

    private int replace(int slot, int group) {
        int old = slots.group(slot);
        long stamp = lock.writeLock();
        try {
            slots.setGroup(slot, group);
        } finally {
            lock.unlockWrite(stamp);
        }
        return old;
    }

    private int remove(int slot) {
        int old = slots.group(slot);
        long stamp = lock.writeLock();
        try {
            slots.removeAt(slot);
        } finally {
            lock.unlockWrite(stamp);
        }
        publishCounts();
        return old;
    }

    /** Two rounds find one that was not read; were all read again meanwhile, the third takes the next there is. */
    private int nextVictim() {
        hand = hand < slots.capacity() ? hand : 0;
        int patience = 2 * slots.capacity();
        while (slots.isEmpty(hand) || (slots.isUsed(hand) && patience > 0)) {
            slots.markUnused(hand);
            hand = slots.next(hand);
            patience--;
        }
        return hand;
    }

    private void publishCounts() {
        size = slots.size();
        capacity = slots.capacity();
    }

    private static boolean isCrowded(SlotTable table) {
        return 5L * (table.size() + 1) > 4L * table.capacity();
    }
}
