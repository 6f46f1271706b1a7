package org.pombal.controller.task.work;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.pombal.model.task.Task;

/** What work is given. */
public final class TaskContext {

    private final Task task;
    private final BooleanSupplier held;

    public TaskContext(Task task, BooleanSupplier held) {
        this.task = requireNonNull(task, "task is null");
        this.held = requireNonNull(held, "held is null");
    }

    /** The task as this try began. */
    public Task task() {
        return task;
    }

    public String payload() {
        return task.order().payload();
    }

    /**
     * To be asked before each act: a process that was stopped and goes on would otherwise act beside the one that has the task now, as would
     * a try that is over and does not heed its interrupt.
     *
     * @throws TaskLostException if the task may be in other hands
     */
    public void requireHeld() {
        if (!held.getAsBoolean()) {
            throw new TaskLostException(task.id());
        }
    }
}
