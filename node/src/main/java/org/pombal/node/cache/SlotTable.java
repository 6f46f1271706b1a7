package org.pombal.node.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An open-addressed table from 128-bit hashes to group numbers: 20 bytes per slot, linear probing, no tombstones.
 *
 * <p>A slot is five ints side by side, so that a probe touches one or two cache lines: the hash in four, then the group
 * number with a bit that says whether the entry was used. The group number {@link GroupTable#NONE} marks an empty slot.
 * Not thread-safe, except that {@link #find}, {@link #group} and {@link #markUsed} may be called while another thread
 * writes: they end and throw nothing, but what they say is to be believed only if no write happened meanwhile.
 */
final class SlotTable {

    static final int ABSENT = -1;

    private static final int INTS_PER_SLOT = 5;
    private static final int GROUP = 4;
    private static final int USED = 1 << 31;
    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    static final int BYTES_PER_SLOT = INTS_PER_SLOT * Integer.BYTES;

    private final int capacity;
    private final int[] slots;
    private int size;

    SlotTable(int capacity) {
        this.capacity = capacity;
        slots = new int[INTS_PER_SLOT * capacity];
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
        for (int probes = 0; probes < capacity && !isEmpty(slot); probes++) {
            if (hasHash(slot, first, second)) {
                return slot;
            }
            slot = next(slot);
        }
        return ABSENT;
    }

    boolean isEmpty(int slot) {
        return group(slot) == GroupTable.NONE;
    }

    int group(int slot) {
        return slots[INTS_PER_SLOT * slot + GROUP] & ~USED;
    }

    void setGroup(int slot, int group) {
        int at = INTS_PER_SLOT * slot + GROUP;
        slots[at] = group | (slots[at] & USED);
    }

    boolean isUsed(int slot) {
        return (slots[INTS_PER_SLOT * slot + GROUP] & USED) != 0;
    }

    /** By compare-and-set, so that a group number that another thread writes just now is never undone. */
    void markUsed(int slot) {
        int at = INTS_PER_SLOT * slot + GROUP;
        int value = slots[at];
        if ((value & USED) == 0 && value != GroupTable.NONE) {
            INT.compareAndSet(slots, at, value, value | USED);
        }
    }

    void markUnused(int slot) {
        slots[INTS_PER_SLOT * slot + GROUP] &= ~USED;
    }

    /** Adds a hash that is not in the table; there must be an empty slot. */
    void add(long first, long second, int group, boolean isUsed) {
        int slot = home(second);
        while (!isEmpty(slot)) {
            slot = next(slot);
        }
        int at = INTS_PER_SLOT * slot;
        slots[at] = low(first);
        slots[at + 1] = high(first);
        slots[at + 2] = low(second);
        slots[at + 3] = high(second);
        slots[at + GROUP] = isUsed ? group | USED : group;
        size++;
    }

    /** Empties the slot, and moves later entries of its run back so that no probe meets a gap. */
    void removeAt(int slot) {
        int gap = slot;
        for (int candidate = next(gap); !isEmpty(candidate); candidate = next(candidate)) {
            if (distance(home(second(candidate)), candidate) >= distance(gap, candidate)) {
                System.arraycopy(slots, INTS_PER_SLOT * candidate, slots, INTS_PER_SLOT * gap, INTS_PER_SLOT);
                gap = candidate;
            }
        }
        slots[INTS_PER_SLOT * gap + GROUP] = GroupTable.NONE;
        size--;
    }

    /** The same entries in a table of another size. */
    SlotTable resized(int newCapacity) {
        SlotTable copy = new SlotTable(newCapacity);
        for (int slot = 0; slot < capacity; slot++) {
            if (!isEmpty(slot)) {
                copy.add(first(slot), second(slot), group(slot), isUsed(slot));
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

    private boolean hasHash(int slot, long first, long second) {
        int at = INTS_PER_SLOT * slot;
        return slots[at] == low(first)
                && slots[at + 1] == high(first)
                && slots[at + 2] == low(second)
                && slots[at + 3] == high(second);
    }

    private long first(int slot) {
        return join(slots[INTS_PER_SLOT * slot], slots[INTS_PER_SLOT * slot + 1]);
    }

    private long second(int slot) {
        return join(slots[INTS_PER_SLOT * slot + 2], slots[INTS_PER_SLOT * slot + 3]);
    }

    private static int low(long value) {
        return (int) value;
    }

    private static int high(long value) {
        return (int) (value >>> Integer.SIZE);
    }

    private static long join(int low, int high) {
        return ((long) high << Integer.SIZE) | Integer.toUnsignedLong(low);
    }
}
