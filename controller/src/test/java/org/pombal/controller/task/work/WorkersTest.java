package org.pombal.controller.task.work;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.WorkerSeen;
import org.pombal.controller.task.memory.MemoryTaskStore;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskRules;
import org.pombal.model.task.TaskState;

class WorkersTest {

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final TaskStore store = new MemoryTaskStore(100, HOLD, InstantSource.system());
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private final TaskKind echo =
            kind("echo", TaskQueue.HIGH, Duration.ofSeconds(10), context -> "heard " + context.payload());
    private final TaskKind failing = kind("failing", TaskQueue.HIGH, Duration.ofSeconds(10), context -> {
        tries.incrementAndGet();
        throw new IllegalStateException("the backend is not there");
    });
    private final TaskKind hanging = kind("hanging", TaskQueue.HIGH, Duration.ofMillis(300), this::hang);
    private final TaskKind patient = kind("patient", TaskQueue.LOW, Duration.ofMinutes(5), this::hang);
    private final TaskKind prevented = kind("prevented", TaskQueue.HIGH, Duration.ofSeconds(10), context -> {
        if (tries.incrementAndGet() < 2) {
            throw new GeoDbUnavailableException("GeoDB does not answer", new IllegalStateException());
        }
        return "done";
    });
    private final Workers workers = new Workers(
            store,
            "test",
            Map.of(TaskQueue.HIGH, 1, TaskQueue.LOW, 1),
            new TaskKinds(List.of(echo, failing, hanging, patient, prevented)),
            HOLD,
            InstantSource.system());

    private static TaskKind kind(String name, TaskQueue queue, Duration limit, TaskWork work) {
        return new TaskKind(name, queue, limit, 1, work);
    }

    private String hang(TaskContext context) throws InterruptedException {
        try {
            never.await();
            return "never";
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @AfterEach
    void end() {
        workers.close();
    }

    private TaskId queue(TaskKind kind, String payload) {
        Instant now = Instant.now();
        TaskId id = new TaskId(kind.name() + "-1");
        store.queue(kind.order(id, payload, now, now.plus(Duration.ofHours(1))), false);
        return id;
    }

    private Task ended(TaskId id) {
        await().atMost(30, SECONDS)
                .until(() -> store.find(id).orElseThrow().state().isFinal());
        return store.find(id).orElseThrow();
    }

    @Test
    void aTaskIsDoneAndHasItsResult() {
        workers.start();
        Task task = ended(queue(echo, "hello"));
        assertThat(task.result()).contains("heard hello");
        assertThat(task.worker().orElseThrow()).startsWith("test high 1");
    }

    @Test
    void aTaskThatFailsIsGivenUpWithItsReason() {
        workers.start();
        Task task = ended(queue(failing, ""));
        assertThat(task.state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(task.problem().orElseThrow()).contains("IllegalStateException: the backend is not there");
        assertThat(tries).hasValue(1);
    }

    @Test
    void aTaskThatHangsIsEndedAtItsLimitAndTheWorkerGoesOn() throws InterruptedException {
        workers.start();
        Task task = ended(queue(hanging, ""));
        assertThat(task.problem().orElseThrow()).contains("longer than its time limit of 300 ms");
        assertThat(interrupted.await(10, SECONDS)).isTrue();
        assertThat(ended(queue(echo, "")).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void longWorkInTheOneQueueDoesNotHoldUpTheOther() {
        workers.start();
        TaskId slow = queue(patient, "");
        await().atMost(20, SECONDS).until(() -> store.find(slow).orElseThrow().state() == TaskState.RUNNING);
        assertThat(ended(queue(echo, "")).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void workThatIsCancelledIsInterrupted() throws InterruptedException {
        workers.start();
        TaskId slow = queue(patient, "");
        await().atMost(20, SECONDS).until(() -> store.find(slow).orElseThrow().state() == TaskState.RUNNING);
        assertThat(store.cancel(TaskRules.cancelled(store.find(slow).orElseThrow(), "ana", Instant.now())))
                .isTrue();
        assertThat(interrupted.await(20, SECONDS)).isTrue();
        assertThat(store.find(slow).orElseThrow().problem()).contains("cancelled by ana");
    }

    @Test
    void whatGeoDbPreventedIsTriedAgain() {
        workers.start();
        Task task = ended(queue(prevented, ""));
        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.tries()).isEqualTo(2);
        assertThat(task.failures()).isZero();
    }

    @Test
    void whoStopsGivesBackWhatItHasInHand() {
        workers.start();
        TaskId slow = queue(patient, "");
        await().atMost(20, SECONDS).until(() -> store.find(slow).orElseThrow().state() == TaskState.RUNNING);
        assertThat(store.workers(TaskQueue.LOW)).extracting(WorkerSeen::name).hasSize(1);
        workers.close();
        Task task = store.find(slow).orElseThrow();
        assertThat(task.state()).isEqualTo(TaskState.WAITING);
        assertThat(task.failures()).isZero();
        assertThat(task.problem().orElseThrow()).contains("was stopped");
        assertThat(store.workers(TaskQueue.LOW)).isEmpty();
    }
}
