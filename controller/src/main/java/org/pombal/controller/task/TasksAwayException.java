package org.pombal.controller.task;

import org.jspecify.annotations.Nullable;

/** The queues cannot be reached. It may go better a while later; what was asked may have been done or not. */
public final class TasksAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried, without secrets */
    public TasksAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
