package org.pombal.node.cache;

/**
 * An open-addressed table from 128-bit hashes to group numbers: 21 bytes per slot, linear probing, no tombstones.
 *
 * <p>A slot is two longs, an int and a byte in three arrays. The group number {@link GroupTable#NONE} marks an empty slot.
 * Not thread-safe, except that {@link #find} and {@link #markUsed} may be called while another thread writes: they end and
 * throw nothing, but what they say is to be believed only if no write happened meanwhile.
 */
final class SlotTable {

    static final int ABSENT = -1;
    static final int BYTES_PER_SLOT = 2 * Long.BYTES + Integer.BYTES + 1;

    private final int capacity;
    private final long[] hashes;
    private final int[] groups;
    private final byte[] used;
    private int size;

    SlotTable(int capacity) {
        this.capacity = capacity;
        hashes = new long[2 * capacity];
        groups = new int[capacity];
        used = new byte[capacity];
    }

    int capacity() {
        return capacity;
    }

    int size() {
        return size;
    }

    /** The slot of this hash, or {@link #ABSENT}. */
    int find(long first, long second) {
        int slot = home(second);
        for (int probes = 0; probes < capacity && groups[slot] != GroupTable.NONE; probes++) {
            if (hashes[2 * slot] == first && hashes[2 * slot + 1] == second) {
                return slot;
            }
            slot = next(slot);
        }
        return ABSENT;
    }

    int group(int slot) {
        return groups[slot];
    }

    void setGroup(int slot, int group) {
        groups[slot] = group;
    }

    boolean isUsed(int slot) {
        return used[slot] != 0;
    }

    void markUsed(int slot) {
        if (used[slot] == 0) {
            used[slot] = 1;
        }
    }

    void markUnused(int slot) {
        used[slot] = 0;
    }

    /** Adds a hash that is not in the table; there must be an empty slot. */
    void add(long first, long second, int group, boolean isUsed) {
        int slot = home(second);
        while (groups[slot] != GroupTable.NONE) {
            slot = next(slot);
        }
        hashes[2 * slot] = first;
        hashes[2 * slot + 1] = second;
        used[slot] = (byte) (isUsed ? 1 : 0);
        groups[slot] = group;
        size++;
    }

    /** Empties the slot, and moves later entries of its run back so that no probe meets a gap. */
    void removeAt(int slot) {
        int gap = slot;
        for (int candidate = next(gap); groups[candidate] != GroupTable.NONE; candidate = next(candidate)) {
            int home = home(hashes[2 * candidate + 1]);
            if (distance(home, candidate) >= distance(gap, candidate)) {
                hashes[2 * gap] = hashes[2 * candidate];
                hashes[2 * gap + 1] = hashes[2 * candidate + 1];
                used[gap] = used[candidate];
                groups[gap] = groups[candidate];
                gap = candidate;
            }
        }
        groups[gap] = GroupTable.NONE;
        size--;
    }

    /** The same entries in a table of another size. */
    SlotTable resized(int newCapacity) {
        SlotTable copy = new SlotTable(newCapacity);
        for (int slot = 0; slot < capacity; slot++) {
            if (groups[slot] != GroupTable.NONE) {
                copy.add(hashes[2 * slot], hashes[2 * slot + 1], groups[slot], isUsed(slot));
            }
        }
        return copy;
    }

    int next(int slot) {
        return slot + 1 == capacity ? 0 : slot + 1;
    }

    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + capacity;
    }

    /** Maps the upper half of the hash to a slot by multiplication, so that the capacity need not be a power of two. */
    private int home(long second) {
        return (int) (((second >>> Integer.SIZE) * capacity) >>> Integer.SIZE);
    }
}
