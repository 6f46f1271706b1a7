package org.pombal.controller.task.work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.pombal.controller.task.TaskWatch;
import org.pombal.model.task.TaskQueue;

/**
 * A task that does nothing but say how late it was begun: again and again it shows for each queue that the leader queues, and that a
 * worker does.
 */
final class Pulse {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Pulse() {}

    static List<PeriodicTask> ofAllQueues(Duration every, InstantSource clock) {
        return List.of(of(TaskQueue.HIGH, every, clock), of(TaskQueue.LOW, every, clock));
    }

    private static PeriodicTask of(TaskQueue queue, Duration every, InstantSource clock) {
        return new PeriodicTask(
                new TaskKind(TaskWatch.pulse(queue), queue, LIMIT, 1, context -> {
                    Instant queuedAt = context.task().order().queuedAt();
                    return "begun "
                            + Duration.between(queuedAt, clock.instant()).toMillis() + " ms after it was queued";
                }),
                every,
                "");
    }
}
