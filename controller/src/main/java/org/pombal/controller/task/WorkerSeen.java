package org.pombal.controller.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.pombal.model.task.TaskQueue;

/**
 * A worker that says it is there.
 *
 * @param seenAt when it said so last
 */
public record WorkerSeen(TaskQueue queue, String name, Instant seenAt) {

    private static final Duration LONGEST = Duration.ofSeconds(15);

    public WorkerSeen {
        requireNonNull(queue, "queue is null");
        requireNonNull(name, "name is null");
        requireNonNull(seenAt, "seenAt is null");
    }

    /**
     * After how long without a word a worker is off the list.
     *
     * @param hold after which one loses its task
     */
    public static Duration forgottenAfter(Duration hold) {
        return hold.compareTo(LONGEST) < 0 ? hold : LONGEST;
    }
}
