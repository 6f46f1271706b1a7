package org.pombal.node.localdb;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.localdb.Fixture.user;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.localdb.LocalDbHealth.State;

/**
 * What a power cut leaves: the database file as of the last checkpoint, and a write-ahead log of which the end is missing
 * or never reached the disk. A mark of the feed must not come back without the changes before it.
 */
class PowerCutTest {

    private static final int CUTS = 60;
    private static final int USERS = 400;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Path temporary;

    PowerCutTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void aMarkComesBackOnlyWithAllThatWasQueuedBeforeIt() throws IOException {
        try (Fixture fixture = new Fixture(temporary.resolve("running"))) {
            for (int i = 1; i <= USERS; i++) {
                fixture.db().remember(user(i), Fixture.homeOf(i));
                fixture.db().forget(user(i / 2));
                fixture.db().markSyncedUntil(Instant.ofEpochSecond(i));
                if (i % 4 == 0) {
                    fixture.awaitWritten();
                }
            }
            int marksSeen = 0;
            for (int cut = 0; cut < CUTS; cut++) {
                Path folder = Files.createDirectory(temporary.resolve("cut" + cut));
                copyWithLogCutOff(fixture, folder);
                marksSeen += expectTrueUpToItsMark(folder) > 0 ? 1 : 0;
            }
            assertThat(marksSeen).as("cuts that left a mark").isGreaterThan(CUTS / 4);
        }
    }

    private void copyWithLogCutOff(Fixture fixture, Path folder) throws IOException {
        Path log = folder.resolve("localdb.sqlite-wal");
        Files.copy(fixture.file(), folder.resolve("localdb.sqlite"));
        Files.copy(fixture.folder.resolve("localdb.sqlite-wal"), log);
        try (FileChannel file = FileChannel.open(log, WRITE)) {
            long cut = random.nextLong(file.size() + 1);
            if (random.nextBoolean()) {
                file.truncate(cut);
            } else {
                file.write(ByteBuffer.wrap(new byte[8192]), cut);
            }
        }
    }

    private int expectTrueUpToItsMark(Path folder) {
        try (Fixture cut = new Fixture(folder)) {
            assertThat(cut.db().health().state()).as("seed %d", seed).isEqualTo(State.OK);
            assertThat(cut.db().health().rebuilds()).isZero();
            int mark = (int) cut.db().syncedUntil().orElse(Instant.EPOCH).getEpochSecond();
            // The step after the mark may have been written without its own mark: it may have forgotten this user.
            int undecided = (mark + 1) / 2;
            for (int i = 1; i <= mark; i++) {
                if (i == undecided && i > mark / 2) {
                    continue;
                }
                if (i <= mark / 2) {
                    assertThat(cut.db().homeOf(user(i)))
                            .as("seed %d, user %d", seed, i)
                            .isEmpty();
                } else {
                    assertThat(cut.db().homeOf(user(i)))
                            .as("seed %d, user %d", seed, i)
                            .contains(Fixture.homeOf(i));
                }
            }
            return mark;
        }
    }
}
