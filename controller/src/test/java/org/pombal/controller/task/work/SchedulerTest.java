package org.pombal.controller.task.work;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.memory.MemoryTaskStore;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskState;

class SchedulerTest {

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T01:00:10Z"));
    private final InstantSource clock = now::get;
    private final TaskStore store = new MemoryTaskStore(1, HOLD, clock, () -> true);
    private final AtomicBoolean firstLeads = new AtomicBoolean();
    private final AtomicBoolean secondLeads = new AtomicBoolean();
    private final PeriodicTask task = new PeriodicTask(
            new TaskKind("balance", TaskQueue.LOW, Duration.ofSeconds(5), 1, context -> "balanced"), MINUTE, "");
    private final Scheduler first = new Scheduler(store, List.of(task), firstLeads::get, clock);
    private final Scheduler second = new Scheduler(store, List.of(task), secondLeads::get, clock);
    private Optional<Workers> workers = Optional.empty();

    @AfterEach
    void end() {
        first.close();
        second.close();
        workers.ifPresent(Workers::close);
    }

    private List<String> ids() {
        return store.list(Optional.empty(), 100).tasks().stream()
                .map(Task::id)
                .map(TaskId::value)
                .toList();
    }

    private void work() {
        Workers made =
                new Workers(store, "test", Map.of(TaskQueue.LOW, 1), new TaskKinds(List.of(task.kind())), HOLD, clock);
        workers = Optional.of(made);
        made.start();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void onlyTheLeaderQueuesAndAnotherGoesOnWhereItEnded() {
        work();
        secondLeads.set(true);
        first.start();
        second.start();
        await().atMost(20, SECONDS).until(() -> ids().equals(List.of("balance@2026-11-28T01:00:00Z")));
        secondLeads.set(false);
        firstLeads.set(true);
        await().atMost(20, SECONDS)
                .until(() -> store.find(new TaskId("balance@2026-11-28T01:00:00Z"))
                                .orElseThrow()
                                .state()
                        == TaskState.DONE);
        pass(MINUTE);
        await().atMost(20, SECONDS)
                .until(() -> ids().equals(List.of("balance@2026-11-28T01:01:00Z", "balance@2026-11-28T01:00:00Z")));
    }

    @Test
    void nobodyQueuesWhileNobodyLeads() {
        AtomicInteger asked = new AtomicInteger();
        try (Scheduler idle = new Scheduler(store, List.of(task), () -> asked.incrementAndGet() < 0, clock)) {
            idle.start();
            await().atMost(20, SECONDS).until(() -> asked.get() >= 2);
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    void anErrorDoesNotEndIt() {
        AtomicInteger asked = new AtomicInteger();
        try (Scheduler shaken = new Scheduler(store, List.of(task), () -> isFineNext(asked), clock)) {
            shaken.start();
            await().atMost(20, SECONDS).until(() -> ids().size() == 1);
        }
    }

    private static boolean isFineNext(AtomicInteger asked) {
        if (asked.getAndIncrement() == 0) {
            throw new NoClassDefFoundError("of a package that was just replaced");
        }
        return true;
    }

    @Test
    void twoThatBothBelieveToLeadQueueOneTask() {
        work();
        firstLeads.set(true);
        secondLeads.set(true);
        first.start();
        second.start();
        for (int minute = 0; minute < 3; minute++) {
            int expected = minute + 1;
            await().atMost(20, SECONDS).until(() -> ids().size() == expected);
            await().atMost(20, SECONDS).until(() -> store.list(Optional.empty(), 100).tasks().stream()
                    .allMatch(found -> found.state() == TaskState.DONE));
            pass(MINUTE);
        }
        assertThat(ids().stream().distinct().toList()).isEqualTo(ids());
        assertThat(store.list(Optional.empty(), 100).tasks()).allMatch(found -> found.tries() <= 1);
    }

    @Test
    void whileWorkersAreGoneTasksDoNotPileUp() {
        firstLeads.set(true);
        first.start();
        await().atMost(20, SECONDS).until(() -> ids().size() == 1);
        pass(MINUTE.multipliedBy(10));
        work();
        await().atMost(20, SECONDS)
                .until(() -> ids().equals(List.of("balance@2026-11-28T01:10:00Z", "balance@2026-11-28T01:00:00Z")));
        Task old = store.find(new TaskId("balance@2026-11-28T01:00:00Z")).orElseThrow();
        assertThat(old.state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(old.problem().orElseThrow()).contains("no worker came to it in time");
    }
}
