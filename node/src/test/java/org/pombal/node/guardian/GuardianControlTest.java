package org.pombal.node.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.relay.Transport;
import org.pombal.node.session.ProcessId;

/** The client of the control socket, with a real guardian on the other side unless it has to misbehave. */
@Timeout(120)
class GuardianControlTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ProcessId NOBODY = new ProcessId(1 << 22, 1);

    private static EventLoopGroup eventLoops;
    private static BootClock clock;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        eventLoops = Transport.EPOLL.newGroup("test-guardian", 1);
        clock = BootClock.ofThisMachine();
    }

    @AfterAll
    static void stop() {
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
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

    private TestGuardian guardian() throws IOException {
        return closing(TestGuardian.guarding(List.of(), "sh", "-c", "sleep 1000 & sleep 1000 & wait"));
    }

    private TrustFile serve(TestGuardian guardian) throws IOException {
        TrustFile file = closing(TrustFile.open(guardian.folder().trust(), clock));
        file.trustUntil(clock.now() + Duration.ofSeconds(50).toNanos());
        await().until(() -> file.report().orElseThrow().state() == GuardianState.SERVING);
        return file;
    }

    private GuardianControl control(Path socket) {
        GuardianControl control = closing(new GuardianControl(socket, clock, eventLoops, new GuardianListener() {
            @Override
            public void onConnected() {
                events.add("connected");
            }

            @Override
            public void onStatus(GuardianStatus status) {
                events.add(status.state().toString());
            }

            @Override
            public void onLost(String reason) {
                events.add("lost");
            }
        }));
        control.start();
        return control;
    }

    private GuardianControl connected(TestGuardian guardian) throws Exception {
        GuardianControl control = control(guardian.folder().control());
        control.awaitConnected(PATIENCE);
        return control;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertFails(CompletionStage<?> stage, String reason) {
        assertThatThrownBy(() -> get(stage))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(GuardianException.class)
                .hasMessageContaining(reason);
    }

    private static List<ProcessId> sleepers(TrustFile file) {
        int dovecot = file.report().orElseThrow().dovecotPid();
        return await().until(
                        () -> ProcessTable.childrenOf(dovecot).stream()
                                .map(GuardedProcess::id)
                                .toList(),
                        found -> found.size() == 2);
    }

    private ProcessId outside() throws IOException {
        Process sleep = new ProcessBuilder("sleep", "1000").start();
        toClose.add(sleep::destroyForcibly);
        return ProcessTable.find((int) sleep.pid()).orElseThrow().id();
    }

    private static void kill(ProcessId process) {
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
    }

    private static void signal(String name, int pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void theStateIsToldAtOnceAndEachTimeItChanges() throws Exception {
        TestGuardian guardian = guardian();
        GuardianControl control = connected(guardian);
        await().until(() -> events.equals(List.of("connected", "WAITING")));
        assertThat(control.obstacle()).isEmpty();

        TrustFile file = serve(guardian);
        await().until(() -> events.size() == 3);
        GuardianStatus serving = get(control.status());
        assertThat(serving.dovecot().orElseThrow().pid())
                .isEqualTo(file.report().orElseThrow().dovecotPid());
        assertThat(serving.dovecot().orElseThrow().isAlive()).isTrue();
        file.withdraw();
        await().until(() -> events.size() == 5);

        assertThat(events).containsExactly("connected", "WAITING", "SERVING", "KILLING", "WAITING");
        GuardianStatus waiting = get(control.status());
        assertThat(waiting.dovecot()).isEmpty();
        assertThat(waiting.allGoneAt()).isPositive();
    }

    @Test
    void theListIsWhatTheKernelShows() throws Exception {
        TestGuardian guardian = guardian();
        TrustFile file = serve(guardian);
        sleepers(file);
        ProcessId dovecot = ProcessTable.find(file.report().orElseThrow().dovecotPid())
                .orElseThrow()
                .id();
        Set<GuardedProcess> shown =
                ProcessTable.childrenOf(dovecot.pid()).stream().collect(Collectors.toSet());
        shown.add(ProcessTable.find(dovecot.pid()).orElseThrow());

        assertThat(get(connected(guardian).list())).hasSize(3).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void aProcessBelowIsKilledAndOthersAreNot() throws Exception {
        TestGuardian guardian = guardian();
        List<ProcessId> sleepers = sleepers(serve(guardian));
        GuardianControl control = connected(guardian);
        ProcessId stranger = outside();

        assertThat(get(control.kill(sleepers.get(0), Duration.ofSeconds(1))))
                .isEqualTo(new KillResult(KillResult.Outcome.GONE, ""));
        assertThat(get(control.kill(stranger, Duration.ofSeconds(1))).outcome()).isEqualTo(KillResult.Outcome.NOT_OURS);
        assertThat(get(control.kill(NOBODY, Duration.ofSeconds(1))).outcome()).isEqualTo(KillResult.Outcome.GONE);

        assertThat(sleepers.get(0).isAlive()).isFalse();
        assertThat(sleepers.get(1).isAlive()).isTrue();
        assertThat(stranger.isAlive()).isTrue();
        assertThatThrownBy(() -> control.kill(stranger, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProcessBelowIsAskedToEndAndOthersAreNot() throws Exception {
        TestGuardian guardian = guardian();
        List<ProcessId> sleepers = sleepers(serve(guardian));
        GuardianControl control = connected(guardian);
        ProcessId stranger = outside();
        CompletionStage<Void> end = control.watch(sleepers.get(0));

        assertThat(get(control.terminate(sleepers.get(0))).outcome()).isEqualTo(KillResult.Outcome.STILL_THERE);
        get(end);
        assertThat(get(control.terminate(sleepers.get(0))).outcome()).isEqualTo(KillResult.Outcome.GONE);
        assertThat(get(control.terminate(stranger)).outcome()).isEqualTo(KillResult.Outcome.NOT_OURS);
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void theEndOfAWatchedProcessIsToldToAllWhoWatchAndAtOnceIfThereIsNone() throws Exception {
        TestGuardian guardian = guardian();
        List<ProcessId> sleepers = sleepers(serve(guardian));
        GuardianControl control = connected(guardian);
        CompletionStage<Void> first = control.watch(sleepers.get(0));
        CompletionStage<Void> again = control.watch(sleepers.get(0));
        CompletionStage<Void> other = control.watch(sleepers.get(1));
        get(control.watch(NOBODY));
        assertThat(first.toCompletableFuture()).isNotDone();

        kill(sleepers.get(0));

        get(first);
        get(again);
        get(control.watch(sleepers.get(0)));
        get(control.status());
        assertThat(other.toCompletableFuture()).isNotDone();
    }

    @Test
    void watchesOutliveTheGuardian() throws Exception {
        TestGuardian guardian = guardian();
        ProcessId sleeper = sleepers(serve(guardian)).get(0);
        GuardianControl control = connected(guardian);
        ProcessId stranger = outside();
        CompletionStage<Void> below = control.watch(sleeper);
        CompletionStage<Void> beside = control.watch(stranger);
        get(control.status());
        events.clear();

        kill(guardian.awaitGuardian());

        get(below);
        assertThat(sleeper.isAlive()).isFalse();
        await().until(() -> events.size() >= 2);
        assertThat(events).startsWith("lost", "connected");
        assertThat(beside.toCompletableFuture()).isNotDone();
        kill(stranger);
        get(beside);
    }

    @Test
    void whatIsAskedWhileItIsAwayFailsAtOnceButWatchesWait() throws Exception {
        GuardianControl control = control(folder.resolve("control"));
        assertFails(control.status(), "the guardian is away: ");
        assertFails(control.list(), "the guardian is away: ");
        assertFails(control.kill(NOBODY, Duration.ofSeconds(1)), "the guardian is away: ");
        CompletionStage<Void> gone = control.watch(NOBODY);
        assertThatThrownBy(() -> control.awaitConnected(Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no guardian's socket " + folder.resolve("control")
                        + ": is pombal-guardian running, with this path?");

        control.close();
        assertFails(gone, "the node stops");
        assertFails(control.watch(NOBODY), "the node stops");
    }

    @Test
    void whoMayNotConnectIsToldWhatToDo() {
        Path socket = folder.resolve("control");
        assertThat(Unreachable.reason(socket, new IOException("connect(..) failed with error(-13): Permission denied")))
                .isEqualTo("no permission to connect to the guardian's socket " + socket
                        + ": the user of this process must be in the group that pombal-guardian has as --group");
    }

    @Test
    void aGuardianThatStandsStillDoesNotKeepAnybodyWaiting() throws Exception {
        TestGuardian guardian = guardian();
        GuardianControl control = connected(guardian);
        get(control.status());
        int pid = guardian.awaitGuardian().pid();
        signal("STOP", pid);
        assertFails(control.status(), "the guardian did not answer within 2000 ms");
        CompletionStage<KillResult> kill = control.kill(NOBODY, Duration.ofSeconds(60));
        signal("KILL", pid);
        assertFails(kill, "what came of it is not known: ");

        await().until(() -> control.obstacle().isEmpty());
        get(control.status());
    }

    @Test
    void aGuardianOfAnotherVersionIsNotAsked() throws Exception {
        FakeControl fake = closing(new FakeControl(folder.resolve("control")));
        GuardianControl control = control(folder.resolve("control"));
        fake.accept();
        fake.receiveOf(ControlRecord.HELLO);
        fake.answer(ControlRecord.HELLO_ANSWER, 0, 2, clock.now());

        await().until(() -> control.obstacle().orElse("").contains("speaks version 2, this node version 1"));
    }

    @Test
    void aGuardianWithAnotherClockIsNotAsked() throws Exception {
        FakeControl fake = closing(new FakeControl(folder.resolve("control")));
        GuardianControl control = control(folder.resolve("control"));
        for (Duration ahead : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            fake.accept();
            fake.receiveOf(ControlRecord.HELLO);
            fake.answer(ControlRecord.HELLO_ANSWER, 0, 1, clock.now() + ahead.toNanos());
            await().until(() -> control.obstacle()
                    .orElse("")
                    .contains("has another clock: it is " + (ahead.isNegative() ? "-" : "3600")));
        }
    }

    @Test
    void aWatchThatIsRefusedIsAskedForAgain() throws Exception {
        FakeControl fake = closing(new FakeControl(folder.resolve("control")));
        GuardianControl control = control(folder.resolve("control"));
        CompletionStage<Void> end = control.watch(NOBODY);
        fake.accept();
        fake.receiveOf(ControlRecord.HELLO);
        fake.answer(ControlRecord.HELLO_ANSWER, 0, 1, clock.now());
        fake.answer(ControlRecord.REFUSED, fake.receiveOf(ControlRecord.WATCH), 0, 0);
        int second = fake.receiveOf(ControlRecord.WATCH);
        assertThat(end.toCompletableFuture()).isNotDone();
        fake.answer(ControlRecord.GONE, second, 0, 0);
        get(end);

        CompletionStage<KillResult> kill = control.kill(NOBODY, Duration.ofSeconds(1));
        fake.answer(ControlRecord.REFUSED, fake.receiveOf(ControlRecord.KILL), 0, 0);
        assertFails(kill, "watches too many processes already");
        kill = control.kill(NOBODY, Duration.ofSeconds(1));
        fake.answer(ControlRecord.KILLED, fake.receiveOf(ControlRecord.KILL), 1, 0);
        assertThat(get(kill).outcome()).isEqualTo(KillResult.Outcome.STILL_THERE);
        CompletionStage<GuardianStatus> status = control.status();
        fake.answer(ControlRecord.STATUS_ANSWER, fake.receiveOf(ControlRecord.STATUS), 9, 0);
        assertFails(status, "the guardian's state 9 is none that this node knows");
    }

    @Test
    void manyProcessesAreWatchedAtOnce() throws Exception {
        int many = 500;
        TestGuardian guardian = closing(TestGuardian.guarding(
                List.of(), "sh", "-c", "i=0; while [ $i -lt " + many + " ]; do sleep 1000 & i=$((i+1)); done; wait"));
        TrustFile file = serve(guardian);
        GuardianControl control = connected(guardian);
        await().atMost(Duration.ofSeconds(60)).until(() -> get(control.list()).size(), size -> size == many + 1);
        List<GuardedProcess> all = get(control.list());
        List<CompletableFuture<Void>> ends = all.stream()
                .map(process -> control.watch(process.id()).toCompletableFuture())
                .toList();
        get(control.status());
        assertThat(ends).noneMatch(CompletableFuture::isDone);

        file.withdraw();
        await().until(file::allGone);
        get(CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)));
    }
}
