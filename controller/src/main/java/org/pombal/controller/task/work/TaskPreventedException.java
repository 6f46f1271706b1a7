package org.pombal.controller.task.work;

/** What a task needs is away: it is tried again later, and that does not count as a failure. */
public class TaskPreventedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is away */
    public TaskPreventedException(String message) {
        super(message);
    }
}
