package org.pombal.controller.task.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pombal.controller.task.Delivery;
import org.pombal.controller.task.QueueFigures;
import org.pombal.controller.task.Queued;
import org.pombal.controller.task.TaskIndex;
import org.pombal.controller.task.TaskPage;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.WorkerSeen;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

/**
 * Tasks of a controller that is one process. They end with it: what comes again and again is queued again by the next one. While the
 * controller does not lead they wait, as they would elsewhere be done beside those of the one that does.
 */
public final class MemoryTaskStore implements TaskStore {

    /** How often a worker that waits looks for what has become due meanwhile. */
    private static final long LOOK_MILLIS = 50;

    private final int limit;
    private final Duration hold;
    private final InstantSource clock;
    private final BooleanSupplier leads;
    private final Map<TaskId, Task> tasks = new HashMap<>();
    private final NavigableMap<String, TaskId> index = new TreeMap<>();
    private final Map<String, TaskId> lastOfName = new HashMap<>();
    private final Map<TaskQueue, MemoryQueue> queues = new EnumMap<>(TaskQueue.class);

    /**
     * @param limit how many tasks a queue takes, those in hand included
     * @param hold how long a worker may be silent
     * @param leads whether this controller acts for the site now
     */
    public MemoryTaskStore(int limit, Duration hold, InstantSource clock, BooleanSupplier leads) {
        this.limit = limit;
        this.hold = requireNonNull(hold, "hold is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.leads = requireNonNull(leads, "leads is null");
        for (TaskQueue queue : TaskQueue.values()) {
            queues.put(queue, new MemoryQueue(queue, hold));
        }
    }

    private MemoryQueue of(TaskQueue queue) {
        return requireNonNull(queues.get(queue), "no such queue");
    }

    @Override
    public synchronized Queued queue(TaskOrder order, boolean alone) {
        Task known = tasks.get(order.id());
        if (known != null) {
            return new Queued.Known(known);
        }
        Task other = lastOfName(order.name());
        if (alone && other != null && !other.state().isFinal()) {
            return new Queued.Busy(other.id());
        }
        if (of(order.queue()).size() >= limit) {
            return new Queued.Full(limit);
        }
        tidy();
        Task task = Task.queued(order);
        tasks.put(task.id(), task);
        index.put(TaskIndex.of(order), task.id());
        lastOfName.put(order.name(), task.id());
        of(order.queue()).add(task.id(), clock.instant());
        notifyAll();
        return new Queued.Added(task);
    }

    @Override
    public synchronized Optional<Task> last(String name) {
        return Optional.ofNullable(lastOfName(name));
    }

    private @Nullable Task lastOfName(String name) {
        TaskId id = lastOfName.get(name);
        return id == null ? null : tasks.get(id);
    }

    private void tidy() {
        Instant old = clock.instant().minus(KEPT);
        Iterator<Map.Entry<String, TaskId>> each = index.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, TaskId> entry = each.next();
            Task task = requireNonNull(tasks.get(entry.getValue()), "a task of the list is not there");
            boolean isOld = task.order().queuedAt().isBefore(old);
            if (!isOld && tasks.size() < MAX_KEPT) {
                return;
            }
            if (task.state().isFinal()) {
                each.remove();
                tasks.remove(task.id());
            }
        }
    }

    @Override
    public synchronized Optional<Delivery> take(TaskQueue queue, String worker, Duration wait)
            throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            long now = System.nanoTime();
            Optional<MemoryQueue.Taken> taken = of(queue).take(worker, now, clock.instant(), hold);
            if (taken.isPresent()) {
                Task task = requireNonNull(tasks.get(taken.get().id()), "a queued task is not there");
                return Optional.of(new Delivery(task, worker, taken.get().entry(), now));
            }
            long left = (end - now) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(Math.min(left, LOOK_MILLIS));
        }
    }

    @Override
    public synchronized boolean write(Delivery delivery, Task next) {
        Task present = tasks.get(next.id());
        if (present == null || present.version() != delivery.task().version()) {
            return false;
        }
        tasks.put(next.id(), next);
        of(next.order().queue()).written(next, delivery.entry());
        return true;
    }

    @Override
    public boolean isInForce() {
        return leads.getAsBoolean();
    }

    @Override
    public synchronized boolean renew(Delivery delivery) {
        Task present = tasks.get(delivery.task().id());
        return present != null
                && present.version() == delivery.task().version()
                && of(present.order().queue()).renew(delivery.entry(), delivery.worker(), System.nanoTime());
    }

    @Override
    public synchronized void forget(Delivery delivery) {
        of(delivery.task().order().queue()).remove(delivery.entry());
    }

    @Override
    public synchronized boolean cancel(Task next) {
        Task present = tasks.get(next.id());
        if (present == null || present.version() != next.version() - 1) {
            return false;
        }
        tasks.put(next.id(), next);
        of(next.order().queue()).cancelled(next.id());
        return true;
    }

    @Override
    public synchronized Optional<Task> find(TaskId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    @Override
    public synchronized TaskPage list(Optional<String> cursor, int most) {
        NavigableMap<String, TaskId> part = cursor.isPresent()
                ? index.headMap(TaskIndex.require(cursor.get()), false).descendingMap()
                : index.descendingMap();
        List<Task> found = new ArrayList<>();
        String last = null;
        for (Map.Entry<String, TaskId> entry : part.entrySet()) {
            if (found.size() == most) {
                return new TaskPage(found, Optional.ofNullable(last));
            }
            last = entry.getKey();
            found.add(requireNonNull(tasks.get(entry.getValue()), "a task of the list is not there"));
        }
        return new TaskPage(found, Optional.empty());
    }

    @Override
    public synchronized QueueFigures figures(TaskQueue queue) {
        return of(queue).figures(clock.instant());
    }

    @Override
    public synchronized void announce(TaskQueue queue, String worker) {
        of(queue).announce(worker, clock.instant());
    }

    @Override
    public synchronized List<WorkerSeen> workers(TaskQueue queue) {
        return of(queue).workers(clock.instant());
    }

    @Override
    public synchronized void leave(TaskQueue queue, String worker) {
        of(queue).leave(worker);
    }

    @Override
    public void close() {
        // There is nothing to be closed.
    }
}
