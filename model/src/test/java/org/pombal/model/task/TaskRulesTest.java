package org.pombal.model.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.pombal.model.task.TaskRules.Found;

class TaskRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T01:00:00Z");
    private static final Task QUEUED = Task.queued(new TaskOrder(
            new TaskId("move-1"),
            "move",
            TaskQueue.HIGH,
            "",
            Duration.ofSeconds(5),
            3,
            NOW,
            NOW.plus(Duration.ofHours(1))));

    private static Task begin(Task task, String worker, Instant now) {
        assertThat(TaskRules.found(task, worker, true, now)).isInstanceOf(Found.Begin.class);
        return ((Found.Begin) TaskRules.found(task, worker, true, now)).task();
    }

    private static Task givenUp(Found found) {
        assertThat(found).isInstanceOf(Found.GiveUp.class);
        return ((Found.GiveUp) found).task();
    }

    @Test
    void aTaskThatWaitsIsBegun() {
        Task begun = begin(QUEUED, "w1", NOW);
        assertThat(begun.state()).isEqualTo(TaskState.RUNNING);
        assertThat(begun.tries()).isEqualTo(1);
        assertThat(begun.failures()).isZero();
        assertThat(begun.worker()).contains("w1");
        assertThat(begun.version()).isEqualTo(2);
    }

    @Test
    void aTaskWhoseWorkerFellSilentIsBegunByAnotherAndSaysSo() {
        Task again = begin(begin(QUEUED, "w1", NOW), "w2", NOW);
        assertThat(again.tries()).isEqualTo(2);
        assertThat(again.failures()).isEqualTo(1);
        assertThat(again.worker()).contains("w2");
        assertThat(again.problem()).contains("worker w1 fell silent during try 1");
    }

    @Test
    void aTaskThatSilencesEachWorkerIsGivenUp() {
        Task third = begin(begin(begin(QUEUED, "w1", NOW), "w2", NOW), "w3", NOW);
        Task end = givenUp(TaskRules.found(third, "w4", true, NOW));
        assertThat(end.state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(end.failures()).isEqualTo(3);
        assertThat(end.problem().orElseThrow()).contains("3 failed tries", "worker w3 fell silent during try 3");
        assertThat(end.endedAt()).contains(NOW);
    }

    @Test
    void whatIsOverIsForgotten() {
        Task done = TaskRules.ended(begin(QUEUED, "w1", NOW), new TaskOutcome.Done("moved"), NOW, 0);
        assertThat(done.result()).contains("moved");
        assertThat(TaskRules.found(done, "w2", true, NOW)).isEqualTo(new Found.Forget());
    }

    @Test
    void whatNobodyCameToInTimeIsGivenUp() {
        Task end = givenUp(TaskRules.found(QUEUED, "w1", true, NOW.plus(Duration.ofHours(2))));
        assertThat(end.problem().orElseThrow()).contains("2026-11-28T02:00:00Z", "no worker came to it in time");
    }

    @Test
    void whatAWorkerDoesNotKnowIsGivenUpAndNamed() {
        assertThat(givenUp(TaskRules.found(QUEUED, "w1", false, NOW)).problem().orElseThrow())
                .contains("worker w1 knows no task named 'move'");
    }

    @Test
    void aFailureIsTriedAgainAfterAPauseThatDoubles() {
        Task once = TaskRules.ended(begin(QUEUED, "w1", NOW), new TaskOutcome.Failed("no"), NOW, 0);
        assertThat(once.state()).isEqualTo(TaskState.WAITING);
        assertThat(once.notBefore()).contains(NOW.plusSeconds(2));
        assertThat(once.problem()).contains("no");
        Task twice = TaskRules.ended(begin(once, "w1", NOW), new TaskOutcome.Failed("no"), NOW, 0);
        assertThat(twice.notBefore()).contains(NOW.plusSeconds(4));
        Task end = TaskRules.ended(begin(twice, "w1", NOW), new TaskOutcome.Failed("still no"), NOW, 0);
        assertThat(end.state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(end.problem()).contains("given up after 3 failed tries, the last: still no");
    }

    @Test
    void pausesAreBoundedAndShortenedByChance() {
        assertThat(TaskRules.pause(1, 0.5)).isEqualTo(Duration.ofMillis(1500));
        assertThat(TaskRules.pause(1000, 0)).isEqualTo(Duration.ofMinutes(5));
        assertThat(TaskRules.pause(1000, 0.999)).isGreaterThan(Duration.ofSeconds(150));
    }

    @Test
    void whatIsPreventedIsTriedAgainAndDoesNotCount() {
        Task task = QUEUED;
        for (int i = 0; i < 10; i++) {
            task = TaskRules.ended(begin(task, "w1", NOW), new TaskOutcome.Prevented("GeoDB is away"), NOW, 0);
            assertThat(task.state()).isEqualTo(TaskState.WAITING);
        }
        assertThat(task.failures()).isZero();
        assertThat(task.tries()).isEqualTo(10);
    }

    @Test
    void whatCannotBeTriedAgainInTimeIsGivenUpAtOnce() {
        Instant late = NOW.plus(Duration.ofHours(1)).minusSeconds(1);
        Task end = TaskRules.ended(begin(QUEUED, "w1", late), new TaskOutcome.Prevented("GeoDB is away"), late, 0);
        assertThat(end.state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(end.problem().orElseThrow()).contains("not done by", "GeoDB is away");
    }

    @Test
    void longResultsAreCut() {
        Task done = TaskRules.ended(begin(QUEUED, "w1", NOW), new TaskOutcome.Done("x".repeat(10_000)), NOW, 0);
        assertThat(done.result().orElseThrow()).hasSize(4_099).endsWith("...");
    }
}
