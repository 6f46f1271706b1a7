package org.pombal.controller.task;

import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;

/** What came of queueing a task. */
public sealed interface Queued {

    /** It waits now. */
    record Added(Task task) implements Queued {}

    /** A task of this id is there already, as it stands; nothing was added. */
    record Known(Task task) implements Queued {}

    /** Another of the same name is not over yet; nothing was added. */
    record Busy(TaskId other) implements Queued {}

    /** So many tasks are in the queue already that no more are taken; nothing was added. */
    record Full(int limit) implements Queued {}
}
