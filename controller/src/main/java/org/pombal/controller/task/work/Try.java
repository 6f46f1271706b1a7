package org.pombal.controller.task.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.failure.FailureText;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskOutcome;

/** Work under way, on a thread of its own: one that hangs must not hang its worker. */
final class Try {

    private final CompletableFuture<TaskOutcome> outcome = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    /**
     * Begins it.
     *
     * @param held whether the task is in hand; once the try is over, it is not
     */
    Try(String threadName, TaskWork work, Task task, BooleanSupplier held) {
        TaskContext context = new TaskContext(task, () -> !over.get() && held.getAsBoolean());
        this.thread = new Thread(
                () -> {
                    try {
                        outcome.complete(new TaskOutcome.Done(work.run(context)));
                    } catch (Throwable e) { // whatever it is, an error too, the task has it, and not the worker
                        outcome.complete(failed(e));
                    } finally {
                        over.set(true);
                    }
                },
                threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** What came of it, if it ends within this time. */
    Optional<TaskOutcome> await(Duration time) throws InterruptedException {
        try {
            return Optional.of(outcome.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome never fails", e);
        }
    }

    /** From now on it may not act any more. */
    void abandon() {
        over.set(true);
    }

    /** Abandons and interrupts it; whether it has ended within this time. */
    boolean end(Duration grace) throws InterruptedException {
        abandon();
        thread.interrupt();
        thread.join(grace.toMillis());
        return !thread.isAlive();
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** What a failure means for the task. */
    static TaskOutcome failed(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        if (cause instanceof TaskPreventedException
                || cause instanceof TaskLostException
                || cause instanceof GeoDbUnavailableException
                || cause instanceof TasksAwayException) {
            return new TaskOutcome.Prevented(String.valueOf(cause.getMessage()));
        }
        String message = cause.getMessage();
        return new TaskOutcome.Failed(
                message == null
                        ? cause.getClass().getSimpleName()
                        : cause.getClass().getSimpleName() + ": " + message);
    }
}
