package org.pombal.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.model.group.GroupId;
import org.pombal.model.ownership.Urgency;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class SessionBookTest {

    private static final UserKey ANN = new UserKey("ann");
    private static final UserKey BOB = new UserKey("bob");
    private static final ProcessId ONE = new ProcessId(1, 10);
    private static final ProcessId TWO = new ProcessId(2, 20);

    private final GroupId group = GroupId.numbered(SiteId.random(), 1);
    private final GroupId other = GroupId.numbered(SiteId.random(), 2);
    private final Watched processes = new Watched();

    @TempDir
    private Path folder;

    private SessionBook book;

    /** Notes what is wanted. */
    private static final class Watched implements Processes {

        private final Set<ProcessId> taken = new HashSet<>();
        private final List<String> signals = new ArrayList<>();
        private boolean hasRoom = true;

        @Override
        public boolean take(ProcessId process) {
            taken.add(process);
            return hasRoom;
        }

        @Override
        public void terminate(ProcessId process) {
            signals.add("TERM " + process.pid());
        }

        @Override
        public void kill(ProcessId process) {
            signals.add("KILL " + process.pid());
        }
    }

    @BeforeEach
    void open() throws IOException {
        SessionJournal journal = new SessionJournal(folder.resolve("sessions"), "boot");
        journal.open();
        book = new SessionBook(journal, processes);
    }

    private void begin(ProcessId process, UserKey user, GroupId of) throws IOException {
        assertThat(book.begin(process, user, Optional.of(of))).isTrue();
    }

    @Test
    void aUserHasASessionUntilTheLastProcessIsSeenGone() throws IOException {
        begin(ONE, ANN, group);
        begin(TWO, ANN, group);

        assertThat(book.gone(ONE)).containsExactly(group);
        assertThat(book.hasSession(ANN)).isTrue();
        assertThat(book.gone(TWO)).containsExactly(group);
        assertThat(book.hasSession(ANN)).isFalse();
        assertThat(book.usersWithSession(group)).isEmpty();
        assertThat(book.gone(TWO)).isEmpty();
    }

    @Test
    void aProcessCountsForAllWhomItHasServed() throws IOException {
        begin(ONE, ANN, group);
        begin(ONE, BOB, other);

        assertThat(book.usersWithSession(group)).containsExactly(ANN);
        assertThat(book.usersWithSession(other)).containsExactly(BOB);
        assertThat(book.gone(ONE)).containsExactlyInAnyOrder(group, other);
    }

    @Test
    void aUserWhoComesAgainFromAnotherGroupCountsThere() throws IOException {
        begin(ONE, ANN, group);
        begin(ONE, ANN, other);

        assertThat(book.usersWithSession(group)).isEmpty();
        assertThat(book.usersWithSession(other)).containsExactly(ANN);
    }

    @Test
    void aProcessThatCannotBeWatchedIsNotToldButCounts() throws IOException {
        processes.hasRoom = false;

        assertThat(book.begin(ONE, ANN, Optional.of(group))).isFalse();
        assertThat(book.hasSession(ANN)).isTrue();
    }

    @Test
    void whoeverCannotBeWrittenDownIsNotServed() throws IOException {
        SessionBook closed = new SessionBook(new SessionJournal(folder.resolve("never opened"), "boot"), processes);

        assertThatThrownBy(() -> closed.begin(ONE, ANN, Optional.of(group))).isInstanceOf(RuntimeException.class);
        assertThat(closed.hasSession(ANN)).isFalse();
        assertThat(processes.taken).isEmpty();
    }

    @Test
    void aLoginIsPendingUntilAProcessAsksOrItIsRevokedOrForgotten() {
        LoginReference first = new LoginReference(1, 1);
        LoginReference second = new LoginReference(2, 1);
        book.letIn(0, first, ANN, Optional.of(group));
        book.letIn(5, second, BOB, Optional.of(group));

        assertThat(book.usersWithPendingLogin(group)).containsExactlyInAnyOrder(ANN, BOB);
        book.asked(first);
        assertThat(book.hasPendingLogin(ANN)).isFalse();
        book.sweep(SessionBook.LIFETIME_OF_LOGINS.toNanos());
        assertThat(book.hasPendingLogin(BOB)).isTrue();
        book.sweep(SessionBook.LIFETIME_OF_LOGINS.plus(Duration.ofNanos(6)).toNanos());
        assertThat(book.pendingCount()).isZero();
        book.letIn(9, first, ANN, Optional.of(group));
        book.revokePending(group);
        assertThat(book.hasPendingLogin(ANN)).isFalse();
    }

    @Test
    void anOlderProcessStaysOneUntilItIsGoneWhomeverItServesMeanwhile() throws IOException {
        book.foundOlder(ONE);
        begin(ONE, ANN, group);

        assertThat(book.hasOlderProcesses()).isTrue();
        assertThat(book.gone(ONE)).containsExactly(group);
        assertThat(book.hasOlderProcesses()).isFalse();
    }

    @Test
    void whatAnEarlierProcessOfTheNodeWroteIsWatchedAgain() throws IOException {
        begin(ONE, ANN, group);
        book.foundOlder(TWO);
        processes.taken.clear();
        SessionJournal journal = new SessionJournal(folder.resolve("sessions"), "boot");
        SessionBook next = new SessionBook(journal, processes);
        next.resume(journal.open().orElseThrow());

        assertThat(next.processesOf(ANN)).containsExactly(ONE);
        assertThat(next.olderProcesses()).containsExactly(TWO);
        assertThat(processes.taken).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void sessionsAreEndedByTheirProcessesAndOlderOnesAtOnceByForce() throws IOException {
        begin(ONE, ANN, group);
        book.foundOlder(TWO);
        SessionKicks kicks = new SessionKicks(book, processes);

        kicks.end(ANN, Urgency.POLITE);
        kicks.end(ANN, Urgency.FIRM);
        kicks.end(ANN, Urgency.FORCED);
        kicks.end(BOB, Urgency.FORCED);
        kicks.endOlder();

        assertThat(processes.signals).containsExactly("TERM 1", "TERM 1", "KILL 1", "KILL 2");
    }
}
