package org.pombal.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.session.SessionJournal.Entry;

class SessionJournalTest {

    private static final UserKey ANN = new UserKey("ann@example.org");
    private static final ProcessId ONE = new ProcessId(11, 1_000);
    private static final ProcessId TWO = new ProcessId(12, 2_000);

    private final Optional<GroupId> group = Optional.of(new GroupId(SiteId.random(), "of a customer,\twith a tab"));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("sessions");
    }

    private SessionJournal opened(String boot) throws IOException {
        SessionJournal journal = new SessionJournal(file, boot);
        journal.open();
        return journal;
    }

    private Optional<List<Entry>> reopened(String boot) throws IOException {
        SessionJournal next = new SessionJournal(file, boot);
        Optional<List<Entry>> entries = next.open();
        next.close();
        return entries;
    }

    @Test
    void theNextProcessKnowsWhoIsServedAndWhoWasSeenGone() throws IOException {
        SessionJournal journal = opened("boot");
        journal.begin(ONE, ANN, group);
        journal.begin(TWO, new UserKey("pinned"), Optional.empty());
        journal.older(new ProcessId(13, 3));
        journal.begin(new ProcessId(14, 4), ANN, group);
        journal.gone(new ProcessId(14, 4));

        assertThat(reopened("boot"))
                .contains(List.of(
                        new Entry(ONE, Optional.of(ANN), group),
                        new Entry(TWO, Optional.of(new UserKey("pinned")), Optional.empty()),
                        new Entry(new ProcessId(13, 3), Optional.empty(), Optional.empty())));
    }

    @Test
    void aProcessMayServeSeveralUsers() throws IOException {
        SessionJournal journal = opened("boot");
        journal.begin(ONE, ANN, group);
        journal.begin(ONE, new UserKey("bob"), group);

        assertThat(reopened("boot").orElseThrow()).hasSize(2);
        journal.close();
    }

    @Test
    void aPidThatIsUsedAgainIsAnotherProcess() throws IOException {
        SessionJournal journal = opened("boot");
        journal.begin(ONE, ANN, group);
        ProcessId again = new ProcessId(ONE.pid(), ONE.startTicks() + 5);
        journal.begin(again, ANN, group);
        journal.gone(ONE);

        assertThat(reopened("boot")).contains(List.of(new Entry(again, Optional.of(ANN), group)));
    }

    @Test
    void nothingIsKnownFromAnotherBootOrWithoutTheFile() throws IOException {
        assertThat(reopened("boot")).isEmpty();
        opened("boot").begin(ONE, ANN, group);

        assertThat(reopened("next boot")).isEmpty();
        assertThat(reopened("next boot")).as("which is empty, and complete").contains(List.of());
    }

    @Test
    void aLineThatWasCutOffHadNotComeTrueYet() throws IOException {
        SessionJournal journal = opened("boot");
        journal.begin(ONE, ANN, group);
        Files.writeString(file, "+\t12\t20", StandardOpenOption.APPEND);

        assertThat(reopened("boot")).contains(List.of(new Entry(ONE, Optional.of(ANN), group)));
    }

    @Test
    void aDamagedFileIsNotReliedOn() throws IOException {
        SessionJournal journal = opened("boot");
        journal.begin(ONE, ANN, group);
        Files.writeString(file, "garbage\n", StandardOpenOption.APPEND);
        journal.begin(TWO, ANN, group);

        assertThat(reopened("boot")).isEmpty();
    }

    @Test
    void aFileOfManyThatAreGoneIsWrittenAnew() throws IOException {
        SessionJournal journal = opened("boot");
        journal.begin(ONE, ANN, group);
        for (int i = 0; i < 15_000; i++) {
            ProcessId process = new ProcessId(100 + i, i);
            journal.begin(process, ANN, group);
            journal.gone(process);
        }

        assertThat(Files.readAllLines(file)).hasSizeLessThan(20_000);
        assertThat(reopened("boot")).contains(List.of(new Entry(ONE, Optional.of(ANN), group)));
    }
}
