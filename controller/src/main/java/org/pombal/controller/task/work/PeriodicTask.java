package org.pombal.controller.task.work;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskRhythm;

/** A task that the site's leader has done again and again. One that nobody came to within its slot is given up. */
public record PeriodicTask(TaskKind kind, Duration every, String payload) {

    public PeriodicTask {
        requireNonNull(kind, "kind is null");
        requireNonNull(every, "every is null");
        requireNonNull(payload, "payload is null");
    }

    TaskRhythm rhythm() {
        return new TaskRhythm(kind.name(), every);
    }

    /** One out of its turn, that somebody asked for. */
    public TaskOrder byHand(Instant now) {
        return kind.order(new TaskId(kind.name() + "@" + now), payload, now, now.plus(every));
    }

    TaskOrder order(long slot, Instant now) {
        return kind.order(rhythm().id(slot), payload, now, rhythm().endOf(slot));
    }
}
