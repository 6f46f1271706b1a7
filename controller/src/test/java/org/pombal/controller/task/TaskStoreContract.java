package org.pombal.controller.task;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskOutcome;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskRules;
import org.pombal.model.task.TaskRules.Found;
import org.pombal.model.task.TaskState;

/** What every store of tasks does. */
public abstract class TaskStoreContract {

    protected static final int LIMIT = 5;

    /** Long enough for a slow machine to renew in time, short enough to be waited for: shorter than the setting would allow. */
    protected static final Duration HOLD = Duration.ofMillis(1500);

    private static final Duration NO_WAIT = Duration.ZERO;

    /** One that takes {@link #LIMIT} tasks for each queue and knows none yet. */
    protected abstract TaskStore store();

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static TaskOrder order(String id) {
        return order(id, "move", now());
    }

    private static TaskOrder order(String id, String name, Instant queuedAt) {
        return new TaskOrder(
                new TaskId(id),
                name,
                TaskQueue.HIGH,
                "{\"what\": \"ümläut ☃\"}",
                Duration.ofSeconds(5),
                3,
                queuedAt,
                queuedAt.plus(Duration.ofHours(1)));
    }

    private Optional<Delivery> take(String worker) {
        try {
            return store().take(TaskQueue.HIGH, worker, NO_WAIT);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Delivery begin(String worker) {
        return begin(take(worker).orElseThrow());
    }

    private Delivery begin(Delivery delivery) {
        Found found = TaskRules.found(delivery.task(), delivery.worker(), true, now());
        Task task = ((Found.Begin) found).task();
        assertThat(store().write(delivery, task)).isTrue();
        return delivery.with(task);
    }

    private boolean end(Delivery delivery, TaskOutcome outcome) {
        return store().write(delivery, TaskRules.ended(delivery.task(), outcome, now(), 0));
    }

    @Test
    void aTaskIsFoundAsItWasQueued() {
        TaskOrder order = order("one");
        assertThat(store().queue(order, false)).isEqualTo(new Queued.Added(Task.queued(order)));
        assertThat(store().find(order.id())).contains(Task.queued(order));
        assertThat(store().find(new TaskId("other"))).isEmpty();
        assertThat(store().last("other")).isEmpty();
        store().queue(order("two"), false);
        assertThat(store().last(order.name()).orElseThrow().id()).isEqualTo(new TaskId("two"));
    }

    @Test
    void aTaskComesToOneWorkerOnceInTheOrderOfQueueing() {
        store().queue(order("one"), false);
        store().queue(order("two"), false);
        assertThat(take("w1").orElseThrow().task().id()).isEqualTo(new TaskId("one"));
        assertThat(take("w2").orElseThrow().task().id()).isEqualTo(new TaskId("two"));
        assertThat(take("w3")).isEmpty();
    }

    @Test
    void queuesAreApart() throws InterruptedException {
        store().queue(order("one"), false);
        assertThat(store().take(TaskQueue.LOW, "w1", NO_WAIT)).isEmpty();
    }

    @Test
    void theSameIdAddsNothingWhateverHasBecomeOfIt() {
        store().queue(order("one"), false);
        Delivery begun = begin("w1");
        assertThat(store().queue(order("one"), false)).isEqualTo(new Queued.Known(begun.task()));
        assertThat(end(begun, new TaskOutcome.Done("ok"))).isTrue();
        assertThat(store().queue(order("one"), false)).isInstanceOf(Queued.Known.class);
        assertThat(take("w1")).isEmpty();
    }

    @Test
    void aTaskThatIsToBeAloneWaitsForTheOthersOfItsName() {
        store().queue(order("one", "plan", now()), true);
        assertThat(store().queue(order("two", "plan", now()), true)).isEqualTo(new Queued.Busy(new TaskId("one")));
        assertThat(store().queue(order("else", "move", now()), true)).isInstanceOf(Queued.Added.class);
        Delivery begun = begin("w1");
        assertThat(store().queue(order("two", "plan", now()), true)).isInstanceOf(Queued.Busy.class);
        end(begun, new TaskOutcome.Done("ok"));
        assertThat(store().queue(order("two", "plan", now()), true)).isInstanceOf(Queued.Added.class);
    }

    @Test
    void aFullQueueRefusesUntilSomethingIsDone() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(store().queue(order("task-" + i), false)).isInstanceOf(Queued.Added.class);
        }
        assertThat(store().queue(order("more"), false)).isEqualTo(new Queued.Full(LIMIT));
        assertThat(store().find(new TaskId("more"))).isEmpty();
        Delivery begun = begin("w1");
        assertThat(store().queue(order("more"), false)).isEqualTo(new Queued.Full(LIMIT));
        end(begun, new TaskOutcome.Failed("no"));
        assertThat(store().queue(order("more"), false))
                .as("one that waits for another try has its place still")
                .isEqualTo(new Queued.Full(LIMIT));
        end(begin("w1"), new TaskOutcome.Done("ok"));
        assertThat(store().queue(order("more"), false)).isInstanceOf(Queued.Added.class);
    }

    @Test
    void aTaskOfASilentWorkerComesToAnother() {
        store().queue(order("one"), false);
        Delivery first = begin("w1");
        assertThat(take("w2")).isEmpty();
        Delivery second = await().atMost(20, SECONDS)
                .until(() -> take("w2"), Optional::isPresent)
                .orElseThrow();
        assertThat(second.task()).isEqualTo(first.task());
        Delivery begun = begin(second);
        assertThat(store().renew(first)).isFalse();
        assertThat(end(first, new TaskOutcome.Done("late"))).isFalse();
        assertThat(store().renew(begun)).isTrue();
        assertThat(end(begun, new TaskOutcome.Done("ok"))).isTrue();
        assertThat(store().find(new TaskId("one")).orElseThrow().result()).contains("ok");
    }

    @Test
    void aTaskThatIsRenewedStaysWhereItIs() {
        store().queue(order("one"), false);
        Delivery first = begin("w1");
        Instant end = now().plus(HOLD.multipliedBy(2));
        await().atMost(30, SECONDS).pollInterval(HOLD.dividedBy(8)).until(() -> {
            assertThat(store().renew(first)).isTrue();
            assertThat(take("w2")).isEmpty();
            return now().isAfter(end);
        });
    }

    @Test
    void whatWasTakenAndNotBegunComesToAnother() {
        store().queue(order("one"), false);
        assertThat(take("w1")).isPresent();
        Delivery second = await().atMost(20, SECONDS)
                .until(() -> take("w2"), Optional::isPresent)
                .orElseThrow();
        assertThat(begin(second).task().failures()).isZero();
    }

    @Test
    void aTryThatFailedComesBackAfterItsPause() {
        store().queue(order("one"), false);
        Delivery first = begin("w1");
        Task waiting = TaskRules.ended(first.task(), new TaskOutcome.Failed("no"), now().minusMillis(1700), 0);
        assertThat(store().write(first, waiting)).isTrue();
        Delivery again = await().atMost(20, SECONDS)
                .until(() -> take("w2"), Optional::isPresent)
                .orElseThrow();
        assertThat(now()).isAfterOrEqualTo(waiting.notBefore().orElseThrow());
        assertThat(again.task()).isEqualTo(waiting);
    }

    @Test
    void aTaskThatWaitsForItsNextTryIsNotTakenBefore() {
        store().queue(order("one"), false);
        Delivery first = begin("w1");
        assertThat(store().write(
                                first,
                                TaskRules.ended(first.task(), new TaskOutcome.Failed("no"), now().plusSeconds(60), 0)))
                .isTrue();
        assertThat(take("w2")).isEmpty();
        assertThat(store().figures(TaskQueue.HIGH).waiting()).isEqualTo(1);
    }

    @Test
    void whatIsGivenUpIsOutOfTheQueueAndShown() {
        store().queue(order("one"), false);
        Delivery first = take("w1").orElseThrow();
        Found found = TaskRules.found(first.task(), "w1", false, now());
        assertThat(store().write(first, ((Found.GiveUp) found).task())).isTrue();
        assertThat(store().find(new TaskId("one")).orElseThrow().state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(store().figures(TaskQueue.HIGH)).isEqualTo(new QueueFigures(0, 0, Duration.ZERO, 0, 1, 0));
    }

    @Test
    void figuresCountWhatWaitsAndRuns() {
        assertThat(store().figures(TaskQueue.HIGH)).isEqualTo(new QueueFigures(0, 0, Duration.ZERO, 0, 0, 0));
        store().queue(order("one"), false);
        store().queue(order("two"), false);
        store().queue(order("three"), false);
        Delivery begun = begin("w1");
        end(begin("w1"), new TaskOutcome.Done("ok"));
        await().atMost(20, SECONDS)
                .until(() -> store().figures(TaskQueue.HIGH).lag().compareTo(Duration.ofMillis(20)) > 0);
        QueueFigures figures = store().figures(TaskQueue.HIGH);
        assertThat(figures.waiting()).isEqualTo(1);
        assertThat(figures.running()).isEqualTo(1);
        assertThat(figures.done()).isEqualTo(1);
        assertThat(begun.task().state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void theListHasTheYoungestFirstAndComesInParts() {
        Instant start = now();
        for (int i = 0; i < LIMIT; i++) {
            store().queue(order("task-" + i, "move", start.plusMillis(i / 2)), false);
        }
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            TaskPage page = store().list(cursor, 2);
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(2);
            page.tasks().forEach(task -> ids.add(task.id().value()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(ids).containsExactly("task-4", "task-3", "task-2", "task-1", "task-0");
        assertThatThrownBy(() -> store().list(Optional.of("nonsense"), 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private Task cancel(String id) {
        Task cancelled = TaskRules.cancelled(store().find(new TaskId(id)).orElseThrow(), "ana", now());
        assertThat(store().cancel(cancelled)).isTrue();
        return cancelled;
    }

    @Test
    void aTaskThatWaitsAndIsCancelledComesToNobody() {
        store().queue(order("one"), true);
        Task cancelled = cancel("one");
        assertThat(store().find(new TaskId("one"))).contains(cancelled);
        assertThat(cancelled.problem()).contains("cancelled by ana");
        assertThat(store().cancel(cancelled)).isFalse();
        assertThat(take("w1").filter(delivery -> !delivery.task().state().isFinal()))
                .isEmpty();
        assertThat(store().figures(TaskQueue.HIGH).givenUp()).isEqualTo(1);
        assertThat(store().queue(order("two"), true)).isInstanceOf(Queued.Added.class);
    }

    @Test
    void aWorkerLosesATaskThatIsCancelled() {
        store().queue(order("one"), false);
        Delivery held = begin("w1");
        assertThat(store().renew(held)).isTrue();
        cancel("one");
        assertThat(store().renew(held)).isFalse();
        Task done = TaskRules.ended(held.task(), new TaskOutcome.Done("all"), now(), 0);
        assertThat(store().write(held, done)).isFalse();
        assertThat(store().find(new TaskId("one")).orElseThrow().state()).isEqualTo(TaskState.GIVEN_UP);
    }

    @Test
    void workersAreListedUntilTheyLeave() {
        store().announce(TaskQueue.HIGH, "w1");
        store().announce(TaskQueue.HIGH, "w2");
        assertThat(store().workers(TaskQueue.HIGH)).extracting(WorkerSeen::name).containsExactly("w1", "w2");
        assertThat(store().workers(TaskQueue.LOW)).isEmpty();
        store().leave(TaskQueue.HIGH, "w1");
        assertThat(store().workers(TaskQueue.HIGH)).extracting(WorkerSeen::name).containsExactly("w2");
    }

    @Test
    void whoLeavesWithATaskInHandDoesNotTakeItAlong() {
        store().queue(order("one"), false);
        begin("w1");
        store().leave(TaskQueue.HIGH, "w1");
        await().atMost(20, SECONDS).until(() -> take("w2").isPresent());
    }

    @Test
    void ofManyWorkersAtOnceEachTaskComesToOne() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            store().queue(order("task-" + i), false);
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<Delivery>>> takers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String worker = "w" + i;
                takers.add(() -> take(worker));
            }
            Set<TaskId> taken = new HashSet<>();
            int count = 0;
            for (Future<Optional<Delivery>> answer : threads.invokeAll(takers)) {
                Optional<Delivery> delivery = answer.get();
                if (delivery.isPresent()) {
                    count++;
                    taken.add(delivery.get().task().id());
                }
            }
            assertThat(count).isEqualTo(LIMIT);
            assertThat(taken).hasSize(LIMIT);
        } finally {
            threads.shutdownNow();
        }
    }
}
