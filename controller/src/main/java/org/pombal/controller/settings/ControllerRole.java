package org.pombal.controller.settings;

import java.util.Locale;
import java.util.Optional;
import org.pombal.model.task.TaskQueue;

/** A part of the controller that may be a process of its own. */
public enum ControllerRole {
    /** Answers requests. */
    API,
    /** Competes for being the one that acts for the site, and queues tasks while it is. */
    SCHEDULER,
    /** Does the tasks of the queue for what is urgent. */
    WORKER_HIGH,
    /** Does the tasks of the queue for what may take its time. */
    WORKER_LOW;

    /** The queue whose tasks it does. */
    public Optional<TaskQueue> queue() {
        return switch (this) {
            case WORKER_HIGH -> Optional.of(TaskQueue.HIGH);
            case WORKER_LOW -> Optional.of(TaskQueue.LOW);
            case API, SCHEDULER -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
