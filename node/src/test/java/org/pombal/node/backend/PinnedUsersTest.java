package org.pombal.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.pombal.model.user.UserKey;

class PinnedUsersTest {

    private static final UserKey ALICE = new UserKey("alice");

    private final AtomicLong now = new AtomicLong();
    private final PinnedUsers pinned = new PinnedUsers(now::get);

    @Test
    void aPinThatIsNotSeenAgainIsForgotten() {
        assertThat(pinned.contains(ALICE)).isFalse();
        assertThat(pinned.add(ALICE)).isTrue();
        assertThat(pinned.add(ALICE)).isFalse();
        now.addAndGet(PinnedUsers.LIFETIME.toNanos());
        assertThat(pinned.contains(ALICE)).isTrue();

        now.addAndGet(1);
        assertThat(pinned.contains(ALICE)).isFalse();
        assertThat(pinned.add(ALICE)).isTrue();
    }
}
