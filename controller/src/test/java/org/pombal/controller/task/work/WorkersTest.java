package org.pombal.controller.task.work;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
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

    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final TaskStore store = new MemoryTaskStore(100, HOLD, InstantSource.system(), leads::get);
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
    private final TaskKind stubborn = kind("stubborn", TaskQueue.HIGH, Duration.ofMillis(300), this::actLate);
    private final CompletableFuture<String> acted = new CompletableFuture<>();
    private final Workers workers = workers(store);
    private final List<Workers> others = new ArrayList<>();

    private Workers workers(TaskStore seen) {
        return new Workers(
                seen,
                "test",
                Map.of(TaskQueue.HIGH, 1, TaskQueue.LOW, 1),
                new TaskKinds(List.of(echo, failing, hanging, patient, prevented, stubborn)),
                HOLD,
                InstantSource.system());
    }

    /** Workers to whom the store answers through {@code between}, which is told the method and may fail after it was called. */
    private void startOver(BiConsumer<Method, Object[]> between) {
        Workers made = workers((TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    between.accept(method, arguments);
                    return answer;
                }));
        others.add(made);
        made.start();
    }

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

    /** Goes on after its interrupt. */
    private String actLate(TaskContext context) {
        try {
            never.await();
        } catch (InterruptedException e) {
            try {
                context.requireHeld();
                acted.complete("acted");
            } catch (TaskLostException lost) {
                acted.complete(String.valueOf(lost.getMessage()));
            }
        }
        return "acted";
    }

    @AfterEach
    void end() {
        workers.close();
        others.forEach(Workers::close);
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
    void whatGoesOnAfterItsTryIsOverMayNotAct() {
        workers.start();
        queue(stubborn, "");
        assertThat(acted.orTimeout(20, SECONDS).join()).contains("task stubborn-1 may be in other hands");
    }

    @Test
    void aTaskOfAControllerThatLeadsNoMoreStopsAndWaits() throws InterruptedException {
        workers.start();
        TaskId slow = queue(patient, "");
        await().atMost(20, SECONDS).until(() -> store.find(slow).orElseThrow().state() == TaskState.RUNNING);
        leads.set(false);
        assertThat(interrupted.await(20, SECONDS)).isTrue();
        await().atMost(20, SECONDS).until(() -> store.find(slow).orElseThrow().state() == TaskState.WAITING);
        assertThat(store.find(slow).orElseThrow().failures()).isZero();
        assertThat(store.find(slow).orElseThrow().problem().orElseThrow()).contains("does not lead any more");
        // Workers say that they are there after they looked: the next word is later than this.
        TaskId next = queue(echo, "");
        Instant queued = Instant.now();
        await().atMost(20, SECONDS).until(() -> store.workers(TaskQueue.HIGH).stream()
                .anyMatch(worker -> worker.seenAt().isAfter(queued)));
        assertThat(store.find(next).orElseThrow().state()).isEqualTo(TaskState.WAITING);
        leads.set(true);
        assertThat(ended(next).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void theLostAnswerOfABeginningCostsNoTry() {
        AtomicInteger begun = new AtomicInteger();
        startOver((method, arguments) -> {
            if (method.getName().equals("write")
                    && ((Task) arguments[1]).state() == TaskState.RUNNING
                    && begun.getAndIncrement() == 0) {
                throw new TasksAwayException("the answer is lost", null);
            }
        });
        Task task = ended(queue(echo, "hello"));
        assertThat(task.result()).contains("heard hello");
        assertThat(task.tries()).isEqualTo(1);
    }

    @Test
    void aWorkerSurvivesAnErrorOfItsOwn() {
        AtomicInteger told = new AtomicInteger();
        startOver((method, arguments) -> {
            if (method.getName().equals("announce") && told.getAndIncrement() < 2) {
                throw new StackOverflowError("in a library");
            }
        });
        assertThat(ended(queue(echo, "hello")).result()).contains("heard hello");
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
