package org.pombal.node.localdb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pombal.node.localdb.Fixture.eventually;
import static org.pombal.node.localdb.Fixture.homeOf;
import static org.pombal.node.localdb.Fixture.user;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.Warnings;
import org.pombal.node.localdb.LocalDbHealth.State;

/** On a file system of 8 MB that is really full. Mounting one needs root; without it these tests are skipped. */
class FullDiskTest {

    private static final int KNOWN = 2_000;

    private final Warnings warnings = new Warnings("org.pombal.node.localdb");
    private final Path disk;
    private boolean mounted;

    FullDiskTest(@TempDir Path temporary) throws IOException {
        disk = Files.createDirectory(temporary.resolve("disk"));
    }

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs root to mount a disk");
    }

    @AfterEach
    void unmount() throws Exception {
        warnings.close();
        assertThat(!mounted || run("umount", disk.toString())).isTrue();
    }

    @Test
    void aFullDiskLeavesItReadingAndIsOvercomeWhenThereIsRoom() throws Exception {
        try (Fixture fixture = new Fixture(disk.resolve("localdb"))) {
            fixture.rememberUsers(KNOWN);
            fillUp();
            rememberNewUsersUntil(fixture, State.READ_ONLY);
            assertThat(fixture.db().health().detail()).contains("full");
            for (int i = 0; i < KNOWN; i++) {
                assertThat(fixture.db().homeOf(user(i))).contains(homeOf(i));
            }
            fixture.db().forget(user(0));
            assertThat(fixture.db().homeOf(user(0))).isEmpty();
            await().during(Duration.ofSeconds(1))
                    .until(() -> fixture.db().health().state() == State.READ_ONLY);
            assertThat(warnings.all()).singleElement().asString().contains("cannot be written", "still answers");

            makeRoom();
            fixture.awaitState(State.OK);
            fixture.awaitWritten();
            fixture.reopen();
            assertThat(fixture.db().homeOf(user(0))).isEmpty();
            assertThat(fixture.db().homeOf(user(1))).contains(homeOf(1));
            assertThat(fixture.db().homeOf(user(KNOWN))).contains(homeOf(KNOWN));
            assertThat(fixture.db().health().rebuilds()).isZero();
            assertThat(warnings.all()).hasSize(1);
        }
    }

    @Test
    void onAFullDiskNoForgottenUserComesBack() throws Exception {
        LocalDbSettings settings = LocalDbSettings.in(disk.resolve("localdb")).withMaxPendingWrites(1_000);
        try (Fixture fixture = new Fixture(settings)) {
            fixture.rememberUsers(KNOWN);
            fillUp();
            rememberNewUsersUntil(fixture, State.READ_ONLY);
            for (int i = 0; i < KNOWN; i++) {
                fixture.db().forget(user(i));
                assertThat(fixture.db().homeOf(user(i))).isEmpty();
            }
            makeRoom();
            fixture.awaitState(State.OK);
            assertThat(fixture.db().health().rebuilds()).isEqualTo(1);
            assertThat(fixture.timesAsked).hasValue(1);
            fixture.reopen();
            for (int i = 0; i < KNOWN; i++) {
                assertThat(fixture.db().homeOf(user(i))).isEmpty();
            }
        }
    }

    @Test
    void aDiskThatIsFullFromTheStartIsWaitedFor() throws Exception {
        fillUp();
        try (Fixture fixture = new Fixture(disk.resolve("localdb"))) {
            assertThat(fixture.db().health().state()).isEqualTo(State.UNAVAILABLE);
            fixture.db().remember(user(1), homeOf(1));
            assertThat(fixture.db().homeOf(user(1))).isEmpty();
            makeRoom();
            fixture.awaitState(State.OK);
            fixture.rememberUsers(10);
            assertThat(fixture.reopen().homeOf(user(1))).contains(homeOf(1));
        }
    }

    private void rememberNewUsersUntil(Fixture fixture, State state) {
        int[] next = {KNOWN};
        eventually(() -> {
            fixture.db().remember(user(next[0]), homeOf(next[0]));
            next[0]++;
            return fixture.db().health().state() == state;
        });
    }

    private void fillUp() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
            byte[] block = new byte[4096];
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private void makeRoom() throws IOException {
        Files.delete(disk.resolve("ballast"));
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, SECONDS) && process.exitValue() == 0;
    }
}
