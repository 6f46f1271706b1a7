package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.config.Listener;

/** GeoDB hangs, is slow, cannot be reached, or answers with errors: users that a node knows must not notice. */
abstract class GeoDbOutagesContract {

    private static final String KNOWN = "bob@example.org";
    private static final AtomicInteger UNKNOWN = new AtomicInteger();

    /** A node answers within 5 s; the rest is for Dovecot, Python and a busy machine. */
    private static final Duration TEMPORARY_FAILURE = Duration.ofSeconds(10);

    /** Below what GeoDB takes when it is slow. */
    private static final Duration WITHOUT_DELAY = Duration.ofSeconds(4);

    abstract Lab lab();

    @BeforeEach
    void bothNodesKnowAUser() {
        lab().awaitServed(1, KNOWN);
        lab().awaitServed(2, KNOWN);
    }

    @AfterEach
    void allIsWellAgain() {
        SharedCassandra.unfreeze();
        lab().geoDbLine().repair();
        lab().awaitServed(1, someoneNew());
        lab().awaitServed(2, someoneNew());
    }

    @Test
    void knownUsersAreRoutedWhileGeoDbHangsAlsoByANodeThatWasRestarted() {
        SharedCassandra.freeze();
        knownAreServedAndUnknownAreAskedToComeLater();

        lab().site().node(1).stop();
        lab().site().node(1).startAgain();
        lab().site().node(1).awaitReady(Duration.ofSeconds(30));
        lab().awaitServed(1, KNOWN);
        unknownAreAskedToComeLater();
    }

    @Test
    void knownUsersAreRoutedWithoutDelayWhileEachAnswerOfGeoDbIsFiveSecondsLate() {
        lab().geoDbLine().delayAnswers(Duration.ofSeconds(5));
        knownAreServedAndUnknownAreAskedToComeLater();
    }

    @Test
    void knownUsersAreRoutedWithoutDelayWhileConnectionsToGeoDbAreDropped() {
        lab().geoDbLine().cut();
        knownAreServedAndUnknownAreAskedToComeLater();
    }

    @Test
    void knownUsersAreRoutedWithoutDelayWhileGeoDbAnswersWithErrors() {
        // Of three copies two would be needed, and there is one Cassandra.
        lab().rows().copies(3);
        try {
            knownAreServedAndUnknownAreAskedToComeLater();
        } finally {
            lab().rows().copies(1);
        }
    }

    private void knownAreServedAndUnknownAreAskedToComeLater() {
        for (int proxy = 1; proxy <= 2; proxy++) {
            int at = proxy;
            Programs.Timed known = Programs.timed(() -> lab().login(at, KNOWN));
            assertThat(known.ended().output()).startsWith("OK ");
            assertThat(known.took()).isLessThan(WITHOUT_DELAY);
        }
        unknownAreAskedToComeLater();
    }

    private void unknownAreAskedToComeLater() {
        String unknown = someoneNew();
        Programs.Timed login = Programs.timed(() -> lab().login(1, unknown));
        assertThat(login.ended().exitCode()).isEqualTo(1);
        assertThat(login.ended().output()).contains("[UNAVAILABLE]");
        assertThat(login.took()).isLessThan(TEMPORARY_FAILURE);

        Programs.Ended delivery = lab().python(1, "lmtp", Listener.LMTP, unknown, "-");
        assertThat(delivery.exitCode()).isEqualTo(1);
        assertThat(delivery.output()).contains("451");
    }

    private static String someoneNew() {
        return "unknown" + UNKNOWN.incrementAndGet() + "@" + LabAccounts.ODD_DOMAIN;
    }
}
