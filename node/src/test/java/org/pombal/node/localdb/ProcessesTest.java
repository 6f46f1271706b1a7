package org.pombal.node.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.ONE;
import static org.pombal.node.localdb.Fixture.homeOf;
import static org.pombal.node.localdb.Fixture.user;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.Warnings;
import org.pombal.node.localdb.LocalDbHealth.State;

@Timeout(60)
class ProcessesTest {

    private final Path temporary;

    ProcessesTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void aProcessKilledWhileWritingLeavesAFileThatIsTrueUpToItsMark() throws Exception {
        long written;
        try (OtherProcess writer = OtherProcess.start("write", temporary)) {
            written = writer.awaitWritten(8_000);
            writer.kill();
        }
        try (Fixture fixture = new Fixture(temporary)) {
            assertThat(fixture.db().health().state()).isEqualTo(State.OK);
            assertThat(fixture.db().health().rebuilds()).isZero();
            int mark = (int) fixture.db().syncedUntil().orElseThrow().getEpochSecond();
            assertThat(mark).isGreaterThanOrEqualTo((int) written);
            for (int i = 1; i <= mark; i++) {
                assertThat(fixture.db().homeOf(user(i))).contains(homeOf(i));
            }
        }
    }

    @Test
    void aFolderThatAnotherProcessUsesIsLeftAloneUntilThatProcessIsGone() throws Exception {
        try (Warnings warnings = new Warnings("org.pombal.node.localdb");
                OtherProcess holder = OtherProcess.start("write", temporary)) {
            holder.awaitWritten(1);
            try (Fixture fixture = new Fixture(temporary)) {
                assertThat(fixture.db().health().state()).isEqualTo(State.UNAVAILABLE);
                fixture.db().remember(ANNA, ONE);
                fixture.db().markSyncedUntil(Instant.EPOCH);
                assertThat(fixture.db().homeOf(ANNA)).isEmpty();
                assertThat(warnings.all())
                        .singleElement()
                        .asString()
                        .contains("process " + holder.pid() + " is using it", "stop that process");
                holder.kill();
                fixture.awaitState(State.OK);
                assertThat(fixture.timesAsked).hasValue(1);
                assertThat(fixture.db().homeOf(user(1)))
                        .as("what the other process left")
                        .isEmpty();
                assertThat(fixture.db().syncedUntil()).isEmpty();
                fixture.db().remember(ANNA, ONE);
                assertThat(fixture.reopen().homeOf(ANNA)).contains(ONE);
            }
        }
    }

    @Test
    void aSecondLocalDbOfTheSameProcessDoesNotGetTheFolder() {
        try (Fixture first = new Fixture(temporary);
                Fixture second = new Fixture(temporary)) {
            assertThat(first.db().health().state()).isEqualTo(State.OK);
            assertThat(second.db().health().detail())
                    .contains("process " + ProcessHandle.current().pid() + " is using it");
        }
    }

    @Test
    void aNativeLibraryThatCannotBeUnpackedLeavesTheNodeWithoutLocalDb() throws Exception {
        String nowhere = temporary.resolve("missing").toString();
        try (OtherProcess holder = OtherProcess.start("hold", temporary, "-Dorg.sqlite.tmpdir=/dev/null/" + nowhere)) {
            assertThat(holder.awaitLine("state ")).contains("UNAVAILABLE");
        }
    }
}
