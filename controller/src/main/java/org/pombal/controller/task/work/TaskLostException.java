package org.pombal.controller.task.work;

import org.pombal.model.task.TaskId;

/** The task is not this worker's any more: another may be doing it. */
public final class TaskLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskLostException(TaskId id) {
        super("task " + id + " may be in other hands");
    }
}
