package org.pombal.node;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.pombal.model.user.UserKey;
import org.pombal.node.routing.KnownUsers;

/** The editions of {@link KnownUsers#edition}. Users share them by hash; a neighbour's change only costs one more lookup. */
final class Editions {

    private static final int COUNT = 1 << 12;

    private final AtomicIntegerArray editions = new AtomicIntegerArray(COUNT);

    int of(UserKey user) {
        return editions.get(slot(user));
    }

    void changed(UserKey user) {
        editions.incrementAndGet(slot(user));
    }

    void allChanged() {
        for (int i = 0; i < COUNT; i++) {
            editions.incrementAndGet(i);
        }
    }

    private static int slot(UserKey user) {
        int hash = user.hashCode();
        return (hash ^ hash >>> 16) & COUNT - 1;
    }
}
