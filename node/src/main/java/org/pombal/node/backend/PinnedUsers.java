package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pombal.model.user.UserKey;

/**
 * Users that a proxy's passdb has pinned to this backend, as far as they have come of late. Lookups that do not come
 * through a proxy, as those of the indexer, do not say so themselves. Nobody tells when a pin is taken back, so one that was
 * not seen for {@link #LIFETIME} counts no more.
 */
final class PinnedUsers {

    static final int MAX_USERS = 100_000;
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Map<UserKey, Long> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserKey, Long> eldest) {
            return size() > MAX_USERS;
        }
    };

    /** @param nanoTime a clock as {@link System#nanoTime()} */
    PinnedUsers(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /** Remembers the user from now on; true if he did not count as pinned. */
    synchronized boolean add(UserKey user) {
        boolean fresh = !contains(user);
        seen.put(user, nanoTime.getAsLong());
        return fresh;
    }

    synchronized boolean contains(UserKey user) {
        @Nullable Long last = seen.get(user);
        return last != null && nanoTime.getAsLong() - last <= LIFETIME.toNanos();
    }
}
