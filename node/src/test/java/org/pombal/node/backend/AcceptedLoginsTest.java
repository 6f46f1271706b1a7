package org.pombal.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.model.user.UserKey;

class AcceptedLoginsTest {

    private static final UserKey ALICE = new UserKey("alice");

    private final AtomicLong now = new AtomicLong();
    private final AcceptedLogins logins = new AcceptedLogins(now::get);

    @Test
    void aLoginIsTakenOverOnce() {
        logins.add(new LoginReference(7, 1), ALICE);

        assertThat(logins.take(new LoginReference(7, 2))).isEmpty();
        assertThat(logins.take(new LoginReference(7, 1))).contains(ALICE);
        assertThat(logins.take(new LoginReference(7, 1))).isEmpty();
    }

    @Test
    void oneThatNobodyTakesOverIsForgottenAfterAuthHasForgottenIt() {
        logins.add(new LoginReference(7, 1), ALICE);
        now.addAndGet(AcceptedLogins.LIFETIME.toNanos());
        logins.sweep();
        assertThat(logins.size()).isEqualTo(1);

        now.addAndGet(1);
        logins.sweep();
        assertThat(logins.size()).isZero();
    }
}
