package org.pombal.controller.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the queues again and again, so that whoever asks how they are has the answer at once, Redis or no Redis. */
public final class TaskWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TaskWatch.class);

    private static final long EVERY_MILLIS = 500;
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(6);

    /**
     * A queue as it was seen last.
     *
     * @param pulsedAt when the last pulse was done of which is known
     */
    public record Seen(QueueFigures figures, List<WorkerSeen> workers, Optional<Instant> pulsedAt) {

        public Seen {
            requireNonNull(figures, "figures is null");
            workers = List.copyOf(workers);
            requireNonNull(pulsedAt, "pulsedAt is null");
        }
    }

    private record Look(Map<TaskQueue, Seen> queues, long at) {}

    private final TaskStore store;
    private final Map<TaskQueue, Instant> pulses = new EnumMap<>(TaskQueue.class);
    private volatile @Nullable Look last;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-task-watch");
        made.setDaemon(true);
        return made;
    });

    public TaskWatch(TaskStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The name of the tasks that do nothing but show that the leader queues, and that a worker does. */
    public static String pulse(TaskQueue queue) {
        return "pulse-" + queue;
    }

    private void look() {
        try {
            Map<TaskQueue, Seen> seen = new EnumMap<>(TaskQueue.class);
            for (TaskQueue queue : TaskQueue.values()) {
                // While the next one waits, the one before it counts.
                store.last(pulse(queue))
                        .filter(task -> task.state() == TaskState.DONE)
                        .flatMap(Task::endedAt)
                        .ifPresent(at -> pulses.put(queue, at));
                seen.put(
                        queue,
                        new Seen(store.figures(queue), store.workers(queue), Optional.ofNullable(pulses.get(queue))));
            }
            last = new Look(Map.copyOf(seen), System.nanoTime());
        } catch (TasksAwayException e) {
            // Workers and scheduler say so in the log; here it shows as health.
            last = null;
        } catch (RuntimeException | Error e) { // the executor would not call it again, and say nothing
            last = null;
            log.error("the task queues could not be looked at", e);
        }
    }

    /** The queues; empty while they cannot be reached. */
    public Optional<Map<TaskQueue, Seen>> queues() {
        Look look = last;
        return look == null || System.nanoTime() - look.at() > STALE_NANOS
                ? Optional.empty()
                : Optional.of(look.queues());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
