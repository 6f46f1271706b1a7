package org.pombal.node.cache;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;

/**
 * Groups by small numbers, so that a user's entry can name its group with four bytes.
 *
 * <p>Numbers are counted references: the number of a group that no entry names any more is given to the next new group.
 * The table is therefore never larger than the number of groups that were in use at one moment, however many come and go.
 */
final class GroupTable {

    /** Is never the number of a group. */
    static final int NONE = 0;

    /** About what a group costs here: identity, name, the map's node, a reference and a count. */
    private static final int BYTES_PER_GROUP = 160;

    private final Map<GroupId, Integer> numbers = new HashMap<>();
    private final BitSet free = new BitSet();
    private int[] references = new int[64];
    private volatile AtomicReferenceArray<@Nullable GroupId> groups = new AtomicReferenceArray<>(references.length);

    GroupTable() {
        free.set(NONE + 1, references.length);
    }

    /** The group's number, with one more reference to it. */
    synchronized int acquire(GroupId group) {
        Integer known = numbers.get(group);
        int number = known == null ? add(group) : known;
        references[number]++;
        return number;
    }

    /** Takes one reference back. */
    synchronized void release(int number) {
        if (references[number] <= 0) {
            throw new IllegalStateException("group number " + number + " has no reference left");
        }
        references[number]--;
        if (references[number] == 0) {
            numbers.remove(groups.getAndSet(number, null));
            free.set(number);
        }
    }

    /**
     * The group with this number, or null when it has none. Without a reference to the number the answer means nothing,
     * but is always safe to ask for.
     */
    @Nullable
    GroupId get(int number) {
        AtomicReferenceArray<@Nullable GroupId> current = groups;
        return number < current.length() ? current.get(number) : null;
    }

    synchronized int size() {
        return numbers.size();
    }

    /** How many numbers have been in use at one moment. */
    synchronized int capacity() {
        return references.length;
    }

    synchronized long bytes() {
        return (long) BYTES_PER_GROUP * numbers.size() + 8L * references.length;
    }

    private int add(GroupId group) {
        int number = free.nextSetBit(0);
        if (number < 0) {
            number = references.length;
            grow();
        }
        free.clear(number);
        numbers.put(group, number);
        groups.set(number, group);
        return number;
    }

    private void grow() {
        AtomicReferenceArray<@Nullable GroupId> old = groups;
        references = Arrays.copyOf(references, 2 * old.length());
        free.set(old.length(), references.length);
        AtomicReferenceArray<@Nullable GroupId> grown = new AtomicReferenceArray<>(references.length);
        for (int i = 0; i < old.length(); i++) {
            grown.set(i, old.get(i));
        }
        groups = grown;
    }
}
