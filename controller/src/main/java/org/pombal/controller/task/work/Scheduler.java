package org.pombal.controller.task.work;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.pombal.controller.task.Queued;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues the site's periodic tasks while this controller is the one that acts. */
public final class Scheduler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    private static final long LOOK_MILLIS = 500;

    private final TaskStore store;
    private final List<PeriodicTask> tasks;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final Map<String, Long> slots = new HashMap<>();
    private final Map<String, String> troubles = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-scheduler");
        made.setDaemon(true);
        return made;
    });

    /** @param leads whether this controller acts for the site now */
    public Scheduler(TaskStore store, List<PeriodicTask> tasks, BooleanSupplier leads, InstantSource clock) {
        this.store = requireNonNull(store, "store is null");
        this.tasks = List.copyOf(tasks);
        this.leads = requireNonNull(leads, "leads is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::lookAtAll, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAtAll() {
        for (PeriodicTask task : tasks) {
            try {
                lookAt(task);
            } catch (TasksAwayException e) {
                tell(task, String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) { // the executor would not call it again, and say nothing
                log.error("task {} could not be queued", task.kind().name(), e);
            }
        }
    }

    private void lookAt(PeriodicTask task) {
        if (!leads.getAsBoolean()) {
            return;
        }
        Instant now = clock.instant();
        String name = task.kind().name();
        Optional<Long> slot = task.rhythm().due(now, Optional.ofNullable(slots.get(name)));
        if (slot.isEmpty()) {
            return;
        }
        Queued queued = store.queue(task.order(slot.get(), now), true);
        if (queued instanceof Queued.Full full) {
            tell(task, "its queue has " + full.limit() + " tasks already");
        } else if (queued instanceof Queued.Busy busy) {
            // Looked at again until the slot ends: it may be over in time.
            tell(task, "task " + busy.other() + " is not over yet");
        } else {
            slots.put(name, slot.get());
            tell(task, "");
        }
    }

    /** Once for each change. */
    private void tell(PeriodicTask task, String trouble) {
        String name = task.kind().name();
        String before = troubles.getOrDefault(name, "");
        troubles.put(name, trouble);
        if (!trouble.isEmpty() && !trouble.equals(before)) {
            log.warn("task {} is due and not queued: {}", name, trouble);
        } else if (trouble.isEmpty() && !before.isEmpty()) {
            log.info("task {} is queued again", name);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
