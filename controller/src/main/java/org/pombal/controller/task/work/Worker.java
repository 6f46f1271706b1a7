package org.pombal.controller.task.work;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.pombal.controller.task.Delivery;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskHold;
import org.pombal.model.task.TaskOutcome;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskRules;
import org.pombal.model.task.TaskRules.Found;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the tasks of a queue, one after the other, on a thread of its own. {@link TaskRules} says what becomes of each. */
final class Worker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(4);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** So often a worker without a task looks whether it is to stop. */
    private static final Duration IDLE_WAIT = Duration.ofMillis(200);

    private static final Duration PAUSE_WHILE_AWAY = Duration.ofMillis(500);

    /** How long work that is interrupted may take to end, and work that is under way when the controller stops. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** It renews so often within the hold time that one lost answer costs nothing. */
    private static final int RENEWALS_IN_HOLD = 4;

    private static final int MAX_ABANDONED = 8;

    private final TaskStore store;
    private final TaskQueue queue;
    private final String name;
    private final TaskKinds kinds;
    private final Duration hold;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private long announcedAt = System.nanoTime() - LONGEST_SILENCE.toNanos();
    private boolean away;
    private final List<Try> abandoned = new ArrayList<>();

    /**
     * @param name which no other worker has, nor had
     * @param hold after which silence another takes the task over; as the store has it
     */
    Worker(TaskStore store, TaskQueue queue, String name, TaskKinds kinds, Duration hold, InstantSource clock) {
        this.store = requireNonNull(store, "store is null");
        this.queue = requireNonNull(queue, "queue is null");
        this.name = requireNonNull(name, "name is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.hold = requireNonNull(hold, "hold is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.thread = new Thread(this::work, "controller-worker-" + queue);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            while (!isStopping()) {
                try {
                    if (isBurdened()) {
                        pause(PAUSE_WHILE_AWAY);
                        continue;
                    }
                    announce();
                    if (!store.isInForce()) {
                        pause(IDLE_WAIT);
                        continue;
                    }
                    Optional<Delivery> delivery = store.take(queue, name, shorter(IDLE_WAIT, step()));
                    tellAway(false, "");
                    if (delivery.isPresent()) {
                        handle(delivery.get());
                    }
                } catch (TasksAwayException e) {
                    tellAway(true, String.valueOf(e.getMessage()));
                    pause(PAUSE_WHILE_AWAY);
                } catch (RuntimeException | Error e) {
                    // One that ended would not be missed before the morning.
                    log.error("worker {} goes on after a failure of its own", name, e);
                    pause(PAUSE_WHILE_AWAY);
                }
            }
            leave();
        } catch (InterruptedException e) {
            log.debug("worker {} was interrupted", name, e);
        }
    }

    /** Whether so much work goes on that it was told to end that no more is begun. */
    private boolean isBurdened() {
        abandoned.removeIf(Try::hasEnded);
        return abandoned.size() >= MAX_ABANDONED;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private Duration step() {
        return hold.dividedBy(RENEWALS_IN_HOLD);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void announce() {
        if (System.nanoTime() - announcedAt >= shorter(LONGEST_SILENCE, step()).toNanos()) {
            announcedAt = System.nanoTime();
            store.announce(queue, name);
        }
    }

    private void leave() {
        try {
            store.leave(queue, name);
        } catch (TasksAwayException e) {
            log.debug("worker {} could not take its leave", name, e);
        }
    }

    private void handle(Delivery delivery) throws InterruptedException {
        Task task = delivery.task();
        Optional<TaskKind> kind = kinds.named(task.order().name());
        Found found = TaskRules.found(task, name, kind.isPresent(), clock.instant());
        if (found instanceof Found.Begin begin && kind.isPresent()) {
            if (begun(delivery, begin.task())) {
                run(delivery.with(begin.task()), kind.get());
            }
        } else if (found instanceof Found.GiveUp giveUp) {
            if (store.write(delivery, giveUp.task())) {
                tell(giveUp.task());
            }
        } else {
            store.forget(delivery);
        }
    }

    /**
     * Writes down that a try begins. If the answer is lost it is asked for again, and looked at who has begun: what was written and not done
     * would count as a failed try.
     */
    private boolean begun(Delivery delivery, Task next) throws InterruptedException {
        TaskHold held = new TaskHold(hold, delivery.askedAt());
        boolean unknown = false;
        while (true) {
            try {
                return store.write(delivery, next)
                        || (unknown
                                && store.find(next.id())
                                        .filter(now -> now.version() == next.version()
                                                && now.worker().equals(next.worker()))
                                        .isPresent());
            } catch (TasksAwayException e) {
                unknown = true;
                TimeUnit.NANOSECONDS.sleep(shorter(step(), PAUSE_WHILE_AWAY).toNanos());
                if (!held.isHeld(System.nanoTime())) {
                    throw e;
                }
                tellAway(true, String.valueOf(e.getMessage()));
            }
        }
    }

    private void run(Delivery delivery, TaskKind kind) throws InterruptedException {
        Task task = delivery.task();
        TaskHold held = new TaskHold(hold, delivery.askedAt());
        Try attempt = new Try(
                "controller-task-" + task.order().name(),
                kind.work(),
                task,
                () -> store.isInForce() && held.isHeld(System.nanoTime()));
        Optional<TaskOutcome> outcome;
        try {
            outcome = outcome(delivery, attempt, held);
        } finally {
            attempt.abandon();
        }
        if (outcome.isEmpty() || !held.isHeld(System.nanoTime())) {
            log.warn(
                    "worker {} lost task {}: it was cancelled, or the worker was silent for too long and another does it again",
                    name,
                    task.id());
            return;
        }
        double chance = ThreadLocalRandom.current().nextDouble();
        write(delivery, TaskRules.ended(task, outcome.get(), clock.instant(), chance), held);
    }

    /** Waits for the end, and renews meanwhile; empty once the task is lost. */
    private Optional<TaskOutcome> outcome(Delivery delivery, Try attempt, TaskHold held) throws InterruptedException {
        Duration limit = delivery.task().order().timeLimit();
        long begunAt = System.nanoTime();
        long stopAt = Long.MAX_VALUE;
        while (true) {
            long now = System.nanoTime();
            Duration left = limit.minusNanos(now - begunAt);
            Optional<TaskOutcome> outcome = attempt.await(shorter(shorter(step(), LONGEST_WAIT), positive(left)));
            if (outcome.isPresent()) {
                return outcome;
            }
            renew(delivery, held);
            if (!held.isHeld(System.nanoTime())) {
                end(attempt, delivery.task());
                return Optional.empty();
            }
            if (!store.isInForce()) {
                end(attempt, delivery.task());
                return Optional.of(
                        new TaskOutcome.Prevented("the controller of worker " + name + " does not lead any more"));
            }
            if (left.isNegative() || left.isZero()) {
                end(attempt, delivery.task());
                return Optional.of(
                        new TaskOutcome.Failed("it took longer than its time limit of " + limit.toMillis() + " ms"));
            }
            if (isStopping() && stopAt == Long.MAX_VALUE) {
                stopAt = now + GRACE.toNanos();
            }
            if (now >= stopAt) {
                end(attempt, delivery.task());
                return Optional.of(new TaskOutcome.Prevented("worker " + name + " was stopped"));
            }
        }
    }

    private static Duration positive(Duration time) {
        return time.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : time;
    }

    private void end(Try attempt, Task task) throws InterruptedException {
        if (!attempt.end(GRACE)) {
            abandoned.add(attempt);
            log.error(
                    "task {} goes on although it was interrupted; its thread is left alone, and must not act any more",
                    task.id());
        }
    }

    private void renew(Delivery delivery, TaskHold held) {
        long askedAt = System.nanoTime();
        try {
            announce();
            if (store.renew(delivery)) {
                held.renewed(askedAt, System.nanoTime());
            } else {
                held.taken();
            }
        } catch (TasksAwayException e) {
            tellAway(true, String.valueOf(e.getMessage()));
        }
    }

    /** Tries for as long as the task is this worker's; what cannot be written is done again by another. */
    private void write(Delivery delivery, Task next, TaskHold held) throws InterruptedException {
        while (held.isHeld(System.nanoTime())) {
            try {
                if (store.write(delivery, next)) {
                    tell(next);
                }
                return;
            } catch (TasksAwayException e) {
                tellAway(true, String.valueOf(e.getMessage()));
                TimeUnit.NANOSECONDS.sleep(shorter(step(), PAUSE_WHILE_AWAY).toNanos());
                renew(delivery, held);
            }
        }
        log.warn("what came of task {} could not be written down: it will be done again", next.id());
    }

    private static void tell(Task task) {
        String problem = task.problem().orElse("");
        switch (task.state()) {
            case GIVEN_UP ->
                log.atError()
                        .addKeyValue("event", "cluster_task_given_up")
                        .addKeyValue("task", task.id().value())
                        .log("task {}: {}", task.id(), problem);
            case WAITING -> log.warn("task {} is tried again from {}: {}", task.id(), task.notBefore(), problem);
            default -> log.debug("task {} is {}", task.id(), task.state());
        }
    }

    private void tellAway(boolean isAway, String why) {
        if (isAway && !away) {
            log.warn("worker {} waits: {}", name, why);
        } else if (!isAway && away) {
            log.info("worker {} goes on", name);
        }
        away = isAway;
    }

    private void pause(Duration time) throws InterruptedException {
        long nanos = time.toNanos();
        if (stopping.await(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos), TimeUnit.NANOSECONDS)) {
            log.debug("worker {} stops", name);
        }
    }

    /** Lets it stop after what it has in hand; {@link #close} waits for that. */
    void stop() {
        stopping.countDown();
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(GRACE.multipliedBy(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
