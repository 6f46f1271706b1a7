package org.pombal.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionHistoryTest {

    private final SessionHistory history = new SessionHistory();
    private long last;

    private MailboxSession begins(String backend, String user, long time) {
        last++;
        MailboxSession session = new MailboxSession(last, backend, user, "imap", 100 + (int) last, time);
        history.begins(session);
        return session;
    }

    @Test
    void sessionsOfAUserOnOneBackendAreFine() {
        begins("a", "ann", 1);
        begins("a", "ann", 2);
        assertThat(history.overlaps()).isEmpty();
    }

    @Test
    void soAreThoseOfDifferentUsers() {
        begins("a", "ann", 1);
        begins("b", "bob", 2);
        assertThat(history.overlaps()).isEmpty();
    }

    @Test
    void soIsOneThatBeginsAtTheTimeWhenAnotherEnded() {
        MailboxSession first = begins("a", "ann", 1);
        history.ends(first.number(), 5);
        begins("b", "ann", 5);
        assertThat(history.overlaps()).isEmpty();
    }

    @Test
    void aSessionThatBeginsWhileAnotherLivesElsewhereIsFound() {
        MailboxSession first = begins("a", "ann", 1);
        MailboxSession second = begins("b", "ann", 5);
        history.ends(first.number(), 6);
        assertThat(history.overlaps()).containsExactly(new Overlap(first, second));
    }

    @Test
    void aSessionThatWasForgottenIsFoundHoweverOldItIs() {
        MailboxSession old = begins("a", "ann", 1);
        MailboxSession moved = begins("a", "ann", 2);
        history.ends(moved.number(), 3);
        MailboxSession second = begins("b", "ann", Long.MAX_VALUE);
        assertThat(history.overlaps()).containsExactly(new Overlap(old, second));
    }

    @Test
    void eachOfTheLivingCounts() {
        begins("a", "ann", 1);
        begins("a", "ann", 2);
        begins("b", "ann", 3);
        begins("c", "ann", 4);
        assertThat(history.overlaps()).hasSize(2 + 3);
    }

    @Test
    void whatIsToldOutOfOrderIsRefused() {
        MailboxSession first = begins("a", "ann", 5);
        assertThatThrownBy(() -> begins("b", "ann", 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.ends(first.number(), 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNumberThatIsToldTwiceIsRefused() {
        MailboxSession first = begins("a", "ann", 5);
        assertThatThrownBy(() -> history.begins(first)).isInstanceOf(IllegalArgumentException.class);
    }
}
