package org.pombal.controller.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

/**
 * The site's tasks. Each waits in its queue until a worker takes it; a worker that neither renews nor ends what it has in hand for the
 * hold time loses it to the next one that asks. So each task comes to a worker at least once, perhaps more often: work must be such
 * that doing it again does no harm.
 *
 * <p>What is to become of a task is decided by {@link org.pombal.model.task.TaskRules}; here it is written down, each version over the
 * one before it only. Calls block for {@link #PATIENCE} at most, {@link #take} for the time given besides.
 *
 * <p>All throw {@link TasksAwayException} if the queues cannot be reached; whether a write happened is then not known.
 */
public interface TaskStore extends AutoCloseable {

    /** How long a call may take. */
    Duration PATIENCE = Duration.ofSeconds(2);

    /** For how long tasks that are over can still be looked at. */
    Duration KEPT = Duration.ofDays(7);

    /** How many tasks are kept altogether; those that are over go first, the oldest before the others. */
    int MAX_KEPT = 20_000;

    /**
     * Puts a task into its queue, unless one of this id is known.
     *
     * @param alone whether it is only queued if the task of this name that was queued last is over
     */
    Queued queue(TaskOrder order, boolean alone);

    /**
     * The next task for a worker: one that somebody else fell silent with, else the one that waits longest.
     *
     * @param worker a name that no other worker has at the same time, nor had before
     * @param wait how long to wait for one; shorter than the hold time
     * @return empty if none came
     */
    Optional<Delivery> take(TaskQueue queue, String worker, Duration wait) throws InterruptedException;

    /**
     * Writes down what has become of a task that was taken: if it runs now, it stays in the worker's hands; if it waits, it comes back
     * when it may be tried; else it is out of its queue.
     *
     * @return whether it was written: false if another version is there, and so the task in other hands
     */
    boolean write(Delivery delivery, Task next);

    /**
     * Whether what is taken here may be acted on now. Queues that each controller has for itself are several, and only those of the one
     * that acts for the site count; of queues that all share, each task is one worker's, whoever leads.
     */
    boolean isInForce();

    /** Says that the worker still has the task in hand; false if another has it. */
    boolean renew(Delivery delivery);

    /** Takes an entry out of the queue that leads to nothing any more. */
    void forget(Delivery delivery);

    /**
     * Writes down that a task is over, whoever has it in hand: a worker that has notices when it renews.
     *
     * @return whether it was written: false if another version is there than the one before
     */
    boolean cancel(Task next);

    Optional<Task> find(TaskId id);

    /** The task of this name that was queued last, if it is known still. */
    Optional<Task> last(String name);

    /**
     * The tasks, the youngest first.
     *
     * @param cursor what the part before gave as next
     * @param limit 1 to 1000
     * @throws IllegalArgumentException if the cursor is none of this list
     */
    TaskPage list(Optional<String> cursor, int limit);

    QueueFigures figures(TaskQueue queue);

    /** Says that a worker is there; to be said again within {@link WorkerSeen#forgottenAfter}. */
    void announce(TaskQueue queue, String worker);

    /** Those who said so of late, by name. */
    List<WorkerSeen> workers(TaskQueue queue);

    /** Takes a worker off the list that has nothing in hand any more. */
    void leave(TaskQueue queue, String worker);

    @Override
    void close();
}
