package org.pombal.node.guardian;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.session.ProcessId;

/** The node's side of the file, with a real guardian on the other. */
@Timeout(120)
class TrustFileTest {

    private static final String[] DOVECOT = {"sh", "-c", "sleep 1000 & sleep 1000 & wait"};
    private static final Duration LONG = Duration.ofSeconds(30);

    /** After the end of trust nothing lives 0.5 s later; and the file is looked at each 0.1 s. */
    private static final Duration END = Duration.ofMillis(600);

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private BootClock clock;

    @TempDir
    Path folder;

    @BeforeEach
    void readClock() throws IOException {
        clock = BootClock.ofThisMachine();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        toClose.add(resource);
        return resource;
    }

    private TestGuardian guardian(String... options) throws IOException {
        return closing(TestGuardian.guarding(List.of(options), DOVECOT));
    }

    private TrustFile open(TestGuardian guardian) throws IOException {
        return closing(TrustFile.open(guardian.folder().trust(), clock));
    }

    private void trust(TrustFile file, Duration time) {
        file.trustUntil(clock.now() + time.toNanos());
    }

    private void serve(TrustFile file) {
        trust(file, LONG);
        awaitState(file, GuardianState.SERVING);
    }

    private void end(TrustFile file) {
        long withdrawn = clock.now();
        file.withdraw();
        await().until(file::allGone);
        assertThat(report(file).allGoneAt() - withdrawn).isBetween(0L, END.toNanos());
    }

    private static void awaitState(TrustFile file, GuardianState state) {
        await().until(() -> report(file).state() == state);
    }

    private static void awaitFault(TrustFile file, TrustFault fault) {
        await().until(() -> report(file).fault() == fault);
    }

    private static GuardianReport report(TrustFile file) {
        return file.report().orElseThrow();
    }

    /** What stands for Dovecot, and the two processes below it. */
    private static List<ProcessId> guarded(TrustFile file) {
        int dovecot = report(file).dovecotPid();
        return await().until(
                        () -> IntStream.concat(
                                        IntStream.of(dovecot),
                                        ProcessTable.childrenOf(dovecot).stream()
                                                .mapToInt(child -> child.id().pid()))
                                .mapToObj(pid ->
                                        ProcessTable.find(pid).orElseThrow().id())
                                .toList(),
                        found -> found.size() == 3);
    }

    private ProcessId outside() throws IOException {
        Process sleep = new ProcessBuilder("sleep", "1000").start();
        toClose.add(sleep::destroyForcibly);
        return ProcessTable.find((int) sleep.pid()).orElseThrow().id();
    }

    private static void overwrite(Path file, int offset, long number) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, number),
                    offset);
        }
    }

    @Test
    void dovecotRunsUnderTrustAndIsGoneWhenItIsWithdrawn() throws IOException {
        TrustFile file = open(guardian());
        assertThat(report(file).state()).isEqualTo(GuardianState.WAITING);
        assertThat(report(file).fault()).isEqualTo(TrustFault.NOT_WRITTEN);
        serve(file);
        List<ProcessId> processes = guarded(file);
        assertThat(file.allGone()).isFalse();
        assertThat(report(file).fault()).isEqualTo(TrustFault.NONE);

        end(file);

        assertThat(processes).noneMatch(ProcessId::isAlive);
        GuardianReport report = report(file);
        assertThat(report.state()).isEqualTo(GuardianState.WAITING);
        assertThat(report.fault()).isEqualTo(TrustFault.EXPIRED);
        assertThat(report.killed()).isEqualTo(3);
        assertThat(report.kills()).isOne();
        assertThat(report.allGoneAt()).isGreaterThanOrEqualTo(report.killBegan());
    }

    @Test
    void trustThatIsNotRenewedEndsByItself() throws IOException {
        TrustFile file = open(guardian());
        long until = clock.now() + Duration.ofSeconds(1).toNanos();
        file.trustUntil(until);
        awaitState(file, GuardianState.SERVING);
        List<ProcessId> processes = guarded(file);

        await().until(file::allGone);

        assertThat(processes).noneMatch(ProcessId::isAlive);
        assertThat(report(file).killBegan() - until)
                .isBetween(0L, Duration.ofMillis(100).toNanos());
    }

    @Test
    void whatIsSaidToBeGoneNeverComesBackByTrustThatWasGivenBefore() throws Exception {
        TrustFile file = open(guardian());
        Random random = new Random(1);
        for (int round = 0; round < 10; round++) {
            trust(file, LONG);
            long withdrawAt =
                    System.nanoTime() + Duration.ofMillis(random.nextInt(130)).toNanos();
            while (System.nanoTime() < withdrawAt) {
                assertThat(file.allGone()).as("round %d", round).isFalse();
            }
            file.withdraw();
            await().pollInterval(Duration.ofMillis(1)).until(file::allGone);
            GuardianReport proof = report(file);
            assertThat(ProcessTable.childrenOf(proof.guardian().pid()))
                    .as("round %d", round)
                    .isEmpty();
            // Two more looks of the guardian at the file.
            await().until(() ->
                    report(file).beat() > proof.beat() + Duration.ofMillis(200).toNanos());
            assertThat(report(file).starts()).as("round %d", round).isEqualTo(proof.starts());
        }
        assertThat(report(file).starts()).isPositive();
    }

    @Test
    void nothingIsProvedBeforeThisProcessHasSpoken() throws IOException {
        TestGuardian guardian = guardian();
        TrustFile file = open(guardian);
        assertThat(file.allGone()).isFalse();

        file.withdraw();
        await().until(file::allGone);
    }

    @Test
    void aNodeThatDiesWhileItWritesLeavesInForceWhatWasReadAndTheNextOneGoesOn() throws IOException {
        TestGuardian guardian = guardian();
        TrustFile file = open(guardian);
        serve(file);
        long trusted = report(file).trustedUntil();
        Path path = guardian.folder().trust();
        overwrite(path, 32, 77);
        overwrite(path, 40, 0);
        long beat = report(file).beat();
        await().until(() -> report(file).beat() > beat + Duration.ofMillis(300).toNanos());
        assertThat(report(file).state()).isEqualTo(GuardianState.SERVING);
        assertThat(report(file).trustedUntil()).isEqualTo(trusted);

        TrustFile next = open(guardian);
        long until = clock.now() + LONG.toNanos();
        next.trustUntil(until);

        await().until(() -> report(next).trustedUntil() == until);
        assertThat(ByteBuffer.wrap(Files.readAllBytes(path))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong(32))
                .isEqualTo(78);
        assertThat(report(next).starts()).isOne();
    }

    @Test
    void theNextNodeTakesOverWithoutAnEndInBetween() throws IOException {
        TestGuardian guardian = guardian();
        TrustFile file = open(guardian);
        serve(file);
        List<ProcessId> processes = guarded(file);
        file.close();

        TrustFile next = open(guardian);
        trust(next, Duration.ofSeconds(20));
        end(next);
        assertThat(report(next).starts()).isOne();
        assertThat(processes).noneMatch(ProcessId::isAlive);
    }

    @Test
    void theGuardianSaysWhyItDoesNotBelieve() throws IOException {
        TestGuardian guardian = guardian("--max-trust", "10");
        TrustFile file = open(guardian);
        awaitFault(file, TrustFault.NOT_WRITTEN);
        trust(file, Duration.ofSeconds(11));
        awaitFault(file, TrustFault.TOO_FAR);
        file.trustUntil(1);
        awaitFault(file, TrustFault.EXPIRED);

        overwrite(guardian.folder().trust(), 8, 2);
        awaitFault(file, TrustFault.VERSION);
        trust(file, Duration.ofSeconds(5));
        awaitState(file, GuardianState.SERVING);
    }

    @Test
    void trustFromBeforeTheMachinesStartIsNone() throws IOException {
        TestGuardian guardian = guardian();
        TrustFile now = open(guardian);
        TrustFile ofAnEarlierBoot = closing(TrustFile.open(
                guardian.folder().trust(), new BootId(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")), clock));
        assertThat(ofAnEarlierBoot.report()).isEmpty();
        assertThat(ofAnEarlierBoot.allGone()).isFalse();

        trust(ofAnEarlierBoot, Duration.ofSeconds(5));

        awaitFault(now, TrustFault.BOOT_ID);
        assertThat(Files.readAllBytes(guardian.folder().trust()))
                .startsWith("POMBAL-T".getBytes(US_ASCII))
                .containsSequence(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23);
        assertThat(report(now).state()).isEqualTo(GuardianState.WAITING);
    }

    @Test
    void aFileThatIsCutShortEndsTrustAndIsWrittenAnew() throws IOException {
        ProcessId other = outside();
        TestGuardian guardian = guardian(
                "--program",
                Path.of("/proc", String.valueOf(other.pid()), "exe")
                        .toRealPath()
                        .toString());
        TrustFile file = open(guardian);
        serve(file);
        List<ProcessId> processes = guarded(file);
        assertThat(file.addOther(other)).isTrue();
        Path path = guardian.folder().trust();

        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(100);
        }
        trust(file, LONG);
        await().until(() -> processes.stream().noneMatch(ProcessId::isAlive));
        // The names were lost with the rest, so the guardian does not know of it.
        await().until(() -> file.report()
                .filter(report -> report.state() == GuardianState.WAITING && report.fault() == TrustFault.NOT_WRITTEN)
                .isPresent());
        file.withdraw();
        awaitFault(file, TrustFault.EXPIRED);
        assertThat(other.isAlive()).isTrue();
        assertThat(file.allGone()).isFalse();

        serve(file);
        end(file);
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void aFileThatTheGuardianMadeAnewIsFollowed() throws IOException {
        ProcessId other = outside();
        TestGuardian guardian = guardian(
                "--program",
                Path.of("/proc", String.valueOf(other.pid()), "exe")
                        .toRealPath()
                        .toString());
        TrustFile file = open(guardian);
        serve(file);
        assertThat(file.addOther(other)).isTrue();
        Files.delete(guardian.folder().trust());

        // The guardian stays with the file that it has as long as there is trust in it.
        long until = clock.now() + LONG.toNanos();
        file.trustUntil(until);
        await().until(() -> report(file).trustedUntil() == until);

        file.withdraw();
        await().until(() -> Files.exists(guardian.folder().trust()));
        ProcessId another = outside();
        await().until(() -> {
            trust(file, LONG);
            return report(file).state() == GuardianState.SERVING && report(file).starts() == 2;
        });
        assertThat(file.addOther(another)).isTrue();
        file.withdraw();
        await().until(file::allGone);
        assertThat(another.isAlive()).isFalse();
    }

    @Test
    void namedProcessesAreKilledTooAndStrangersCountUntilTheyEnd() throws Exception {
        ProcessId named = outside();
        ProcessId removed = outside();
        TestGuardian guardian = guardian(
                "--program",
                Path.of("/proc", String.valueOf(named.pid()), "exe")
                        .toRealPath()
                        .toString());
        TrustFile file = open(guardian);
        serve(file);
        Process cat = new ProcessBuilder("cat").start();
        toClose.add(cat::destroyForcibly);
        ProcessId stranger = ProcessTable.find((int) cat.pid()).orElseThrow().id();
        assertThat(file.addOther(named)).isTrue();
        assertThat(file.addOther(named)).isTrue();
        assertThat(file.addOther(removed)).isTrue();
        assertThat(file.addOther(stranger)).isTrue();
        file.removeOther(removed);

        file.withdraw();
        await().until(() -> report(file).state() == GuardianState.WAITING);

        assertThat(named.isAlive()).isFalse();
        assertThat(removed.isAlive()).isTrue();
        assertThat(report(file).refused()).isOne();
        // It may have a mailbox open.
        assertThat(file.allGone()).isFalse();
        cat.destroyForcibly().waitFor();
        await().until(file::allGone);
    }

    @Test
    void theNextNodeKnowsWhoWasNamed() throws IOException {
        ProcessId living = outside();
        TestGuardian guardian = guardian();
        TrustFile file = open(guardian);
        file.addOther(new ProcessId(living.pid(), living.startTicks() - 1));
        file.addOther(living);
        file.close();

        assertThat(open(guardian).others()).containsExactly(living);
    }

    @Test
    void moreThanTheFileHoldsAreRefusedUntilOneIsRemoved() throws IOException {
        TrustFile file = open(guardian());
        for (int start = 1; start <= TrustLayout.MAX_OTHERS; start++) {
            assertThat(file.addOther(new ProcessId(1, start))).isTrue();
        }
        ProcessId oneMore = new ProcessId(2, 1);
        assertThat(file.addOther(oneMore)).isFalse();
        file.removeOther(new ProcessId(1, 500));
        assertThat(file.addOther(oneMore)).isTrue();
    }

    @Test
    void aGuardianThatIsKilledProvesNothingUntilTheNextOneHasSpoken() throws Exception {
        TestGuardian guardian = guardian();
        TrustFile file = open(guardian);
        serve(file);
        List<ProcessId> processes = guarded(file);
        ProcessId first = report(file).guardian();
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        file.withdraw();

        await().until(file::allGone);

        assertThat(processes).noneMatch(ProcessId::isAlive);
        assertThat(report(file).guardian()).isNotEqualTo(first);
    }

    @Test
    void aGuardianThatHasEndedProvesThatAllIsGone() throws Exception {
        TestGuardian guardian = guardian();
        TrustFile file = open(guardian);
        serve(file);
        List<ProcessId> processes = guarded(file);
        guardian.stop();
        assertThat(report(file).state()).isEqualTo(GuardianState.ENDED);
        assertThat(processes).noneMatch(ProcessId::isAlive);
        // The next one might start under this trust.
        assertThat(file.allGone()).isFalse();

        file.withdraw();
        assertThat(file.allGone()).isTrue();
    }

    @Test
    void whatCannotBeUsedIsNamedWithWhatToDo() throws IOException {
        Path missing = folder.resolve("trust");
        assertThatThrownBy(() -> TrustFile.open(missing, clock))
                .hasMessage("there is no trust file " + missing + ": is pombal-guardian running, with --trust "
                        + missing + "?");
        Path small = Files.write(folder.resolve("small"), new byte[100]);
        assertThatThrownBy(() -> TrustFile.open(small, clock))
                .hasMessageContaining(small + " has 100 bytes, and should have 24576");
        assertThat(TrustMapping.explained(small, new AccessDeniedException(small.toString())))
                .hasMessage("no permission to read and write the trust file " + small
                        + ": the user of this process must be in the group that pombal-guardian has as --group");
        Path newer = Files.write(folder.resolve("newer"), new byte[TrustLayout.SIZE]);
        overwrite(newer, 4096, TrustLayout.REPORT_MAGIC);
        overwrite(newer, 4096 + 8, 2);
        assertThatThrownBy(() -> TrustFile.open(newer, clock))
                .hasMessage("the guardian that writes " + newer
                        + " speaks version 2, this node version 1: install both from one release");
    }
}
