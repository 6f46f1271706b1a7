package org.pombal.controller.task.work;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

/**
 * A kind of task.
 *
 * @param name as it stands in {@link TaskOrder}
 * @param timeLimit of one try
 * @param maxFailures with how many failed tries a task is given up
 */
public record TaskKind(String name, TaskQueue queue, Duration timeLimit, int maxFailures, TaskWork work) {

    public TaskKind {
        requireNonNull(name, "name is null");
        requireNonNull(queue, "queue is null");
        requireNonNull(timeLimit, "timeLimit is null");
        requireNonNull(work, "work is null");
    }

    /**
     * A task of this kind.
     *
     * @param expiresAt after which nobody needs to begin it any more
     */
    public TaskOrder order(TaskId id, String payload, Instant now, Instant expiresAt) {
        return new TaskOrder(id, name, queue, payload, timeLimit, maxFailures, now, expiresAt);
    }
}
