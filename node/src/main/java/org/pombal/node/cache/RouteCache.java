package org.pombal.node.cache;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/**
 * The home groups of known users, in memory: at most 40 bytes per user from 100,000 users on, also while it grows
 * (with a bound of up to 50 million users).
 *
 * <p>A user is kept as a {@link SipHash} under a key drawn at random for each cache, so that nobody can choose names that
 * share a slot, and no names are kept in memory. Thread-safe; a lookup takes no lock, allocates nothing and waits for
 * nobody, but for the rare case that writers of the same segment come between again and again.
 *
 * <p>A full cache evicts users that were not looked up of late. Since the users are spread over segments by hash, and a
 * segment may be full a little earlier than the others, eviction begins some percent below {@code maxUsers}.
 *
 * <p>Callers that fill it from elsewhere take care of one race themselves: a value that was read before a {@link #forget}
 * must not be {@link #put} after it.
 */
public final class RouteCache {

    private static final int MAX_USERS_PER_SEGMENT = 16_384;
    private static final int MAX_SEGMENTS = 1 << 16;

    private final GroupTable groups = new GroupTable();
    private final Segment[] segments;
    private final long key0;
    private final long key1;

    /** @param maxUsers the most users it keeps, at least 1 */
    public RouteCache(int maxUsers) {
        this(maxUsers, new SecureRandom());
    }

    private RouteCache(int maxUsers, SecureRandom random) {
        this(maxUsers, random.nextLong(), random.nextLong());
    }

    RouteCache(int maxUsers, long key0, long key1) {
        if (maxUsers < 1) {
            throw new IllegalArgumentException("maxUsers " + maxUsers + " is below 1");
        }
        this.key0 = key0;
        this.key1 = key1;
        segments = new Segment[segmentsFor(maxUsers)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Segment(maxUsers / segments.length);
        }
    }

    /** The user's home group, or null if it is not known. */
    public @Nullable GroupId homeOf(UserKey user) {
        SipHash hash = hash(user);
        return segment(hash).homeOf(hash.first(), hash.second(), groups);
    }

    /** Remembers the user's home group in place of what was known. */
    public void put(UserKey user, GroupId home) {
        requireNonNull(home, "home is null");
        SipHash hash = hash(user);
        int unreferenced = segment(hash).put(hash.first(), hash.second(), groups.acquire(home));
        if (unreferenced != GroupTable.NONE) {
            groups.release(unreferenced);
        }
    }

    public void forget(UserKey user) {
        SipHash hash = hash(user);
        int unreferenced = segment(hash).remove(hash.first(), hash.second());
        if (unreferenced != GroupTable.NONE) {
            groups.release(unreferenced);
        }
    }

    /** Forgets all users and gives their memory back. */
    public void clear() {
        for (Segment segment : segments) {
            segment.clear(groups);
        }
    }

    /** How many users are known. */
    public int size() {
        int size = 0;
        for (Segment segment : segments) {
            size += segment.size();
        }
        return size;
    }

    /** About how many bytes of heap the cache takes. */
    public long bytes() {
        long bytes = groups.bytes();
        for (Segment segment : segments) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    GroupTable groups() {
        return groups;
    }

    private SipHash hash(UserKey user) {
        return new SipHash(key0, key1, user.value());
    }

    private Segment segment(SipHash hash) {
        return segments[(int) hash.first() & (segments.length - 1)];
    }

    private static int segmentsFor(int maxUsers) {
        int needed = (maxUsers - 1) / MAX_USERS_PER_SEGMENT + 1;
        return Math.min(MAX_SEGMENTS, Integer.highestOneBit(2 * needed - 1));
    }
}
