package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.LoadFactor;

/** What is changed in GeoDB is seen by the nodes at once. */
abstract class TopologyChangesContract {

    /** About a second is what it should take; the rest is for the login that shows it, on a busy machine. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    private static final Duration LOGGED = Duration.ofSeconds(20);

    abstract Lab lab();

    @Test
    void newUsersGoElsewhereWhenABackendIsDrained() {
        newUsersGoElsewhereAfter(
                backend -> backend.withLoadFactor(LoadFactor.DRAIN),
                backend -> backend.withLoadFactor(LoadFactor.FULL));
    }

    @Test
    void newUsersGoElsewhereWhenABackendIsPutOnStandby() {
        newUsersGoElsewhereAfter(
                backend -> backend.withStatus(BackendStatus.STANDBY),
                backend -> backend.withStatus(BackendStatus.ONLINE));
    }

    private void newUsersGoElsewhereAfter(UnaryOperator<Backend> change, UnaryOperator<Backend> undo) {
        Queue<String> users = lab().rows().newUsersOf("backend1.test");
        SessionWatch servedBy = lab().watch();
        assertThat(backendOf(1, users.remove(), servedBy)).isEqualTo("backend1");

        lab().rows().change("backend1.test", change);
        try {
            awaitNewUsersAt("backend2", users, servedBy);
            for (int login = 0; login < 4; login++) {
                assertThat(backendOf(1 + login % 2, users.remove(), servedBy)).isEqualTo("backend2");
            }
        } finally {
            lab().rows().change("backend1.test", undo);
        }
        awaitNewUsersAt("backend1", users, servedBy);
    }

    private void awaitNewUsersAt(String backend, Queue<String> users, SessionWatch servedBy) {
        for (int proxy : List.of(1, 2)) {
            await().alias("new users of proxy " + proxy)
                    .atMost(SEEN)
                    .until(() -> backendOf(proxy, users.remove(), servedBy), backend::equals);
        }
    }

    private String backendOf(int proxy, String user, SessionWatch servedBy) {
        assertThat(lab().login(proxy, user).output()).startsWith("OK ");
        return servedBy.next("imap", user, LOGGED).backend();
    }
}
