package org.pombal.node.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pombal.model.user.UserKey;

/**
 * Users that a proxy's passdb has pinned to this backend, as far as they have come of late. Lookups that do not come
 * through a proxy, as those of the indexer, do not say so themselves.
 */
final class PinnedUsers {

    static final int MAX_USERS = 100_000;

    private final Set<UserKey> users =
            Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UserKey, Boolean> eldest) {
                    return size() > MAX_USERS;
                }
            }));

    /** Remembers the user; true if he was not known. */
    boolean add(UserKey user) {
        return users.add(user);
    }

    boolean contains(UserKey user) {
        return users.contains(user);
    }
}
