package org.pombal.model.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A task as it stands. {@link TaskRules} says what becomes of it; each change is one version, and is written only over the version
 * before it.
 *
 * @param order what is to be done
 * @param version 1 when it was queued; grows by one with each change
 * @param tries how often a worker began it
 * @param failures how many of the tries failed; those that could not be made for want of something else do not count
 * @param worker who has it in hand, or had it last
 * @param startedAt when the last try began
 * @param notBefore when the next try may begin, while it waits for one
 * @param endedAt when it was done or given up
 * @param result what came of it, once it is done
 * @param problem why the last try came to nothing, or why it was given up
 */
public record Task(
        TaskOrder order,
        long version,
        TaskState state,
        int tries,
        int failures,
        Optional<String> worker,
        Optional<Instant> startedAt,
        Optional<Instant> notBefore,
        Optional<Instant> endedAt,
        Optional<String> result,
        Optional<String> problem) {

    public Task {
        requireNonNull(order, "order is null");
        requireNonNull(state, "state is null");
        requireNonNull(worker, "worker is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(notBefore, "notBefore is null");
        requireNonNull(endedAt, "endedAt is null");
        requireNonNull(result, "result is null");
        requireNonNull(problem, "problem is null");
        if (version < 1 || tries < 0 || failures < 0) {
            throw new IllegalArgumentException("task " + order.id() + " cannot have version " + version + ", " + tries
                    + " tries, " + failures + " failures");
        }
    }

    /** As it is when it is queued. */
    public static Task queued(TaskOrder order) {
        return new Task(
                order,
                1,
                TaskState.WAITING,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public TaskId id() {
        return order.id();
    }

    Task begun(String by, Instant now, int failed, Optional<String> why) {
        return new Task(
                order,
                version + 1,
                TaskState.RUNNING,
                tries + 1,
                failed,
                Optional.of(by),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                why);
    }

    Task toTryAgain(Instant from, int failed, String why) {
        return new Task(
                order,
                version + 1,
                TaskState.WAITING,
                tries,
                failed,
                worker,
                startedAt,
                Optional.of(from),
                Optional.empty(),
                Optional.empty(),
                Optional.of(why));
    }

    Task done(Instant now, String outcome) {
        return new Task(
                order,
                version + 1,
                TaskState.DONE,
                tries,
                failures,
                worker,
                startedAt,
                Optional.empty(),
                Optional.of(now),
                Optional.of(outcome),
                Optional.empty());
    }

    Task givenUp(Instant now, int failed, String why) {
        return new Task(
                order,
                version + 1,
                TaskState.GIVEN_UP,
                tries,
                failed,
                worker,
                startedAt,
                Optional.empty(),
                Optional.of(now),
                Optional.empty(),
                Optional.of(why));
    }
}
