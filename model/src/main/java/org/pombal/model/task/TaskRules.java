package org.pombal.model.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a task: when a worker finds it, and when a try has ended.
 *
 * <p>A task comes to a worker from the queue, or because the worker that had it fell silent. Silence counts as a failed try, so that a
 * task that kills whoever touches it is given up like one that fails: after {@link TaskOrder#maxFailures()}.
 *
 * <p>Between tries it waits {@value #FIRST_PAUSE_SECONDS} s, twice as long after each failure, at most {@value #LONGEST_PAUSE_SECONDS} s,
 * less up to a half by chance so that what failed together is not tried together.
 */
public final class TaskRules {

    private static final int FIRST_PAUSE_SECONDS = 2;
    private static final int LONGEST_PAUSE_SECONDS = 300;
    private static final int MAX_DOUBLINGS = 16;
    private static final int MAX_TEXT = 4_096;

    private TaskRules() {}

    /** What a worker does with a task that came to it. */
    public sealed interface Found {

        /** Write this down first; who cannot, because another version is there, leaves it alone. */
        record Begin(Task task) implements Found {}

        /** It is given up: write this down, and do nothing. */
        record GiveUp(Task task) implements Found {}

        /** It is over already, its entry in the queue is a leftover: remove the entry. */
        record Forget() implements Found {}
    }

    /**
     * A worker finds a task in its queue.
     *
     * @param known whether the worker knows how to do what the task asks for
     */
    public static Found found(Task task, String worker, boolean known, Instant now) {
        if (task.state().isFinal()) {
            return new Found.Forget();
        }
        boolean silent = task.state() == TaskState.RUNNING;
        int failures = silent ? task.failures() + 1 : task.failures();
        Optional<String> why = silent ? Optional.of(silence(task)) : task.problem();
        if (failures >= task.order().maxFailures()) {
            return new Found.GiveUp(task.givenUp(now, failures, tooOften(failures, why.orElse("no reason was given"))));
        }
        if (now.isAfter(task.order().expiresAt())) {
            return new Found.GiveUp(task.givenUp(now, failures, expired(task, why)));
        }
        if (!known) {
            return new Found.GiveUp(task.givenUp(
                    now,
                    failures,
                    "worker " + worker + " knows no task named '" + task.order().name()
                            + "': do all controllers of the site run the same version?"));
        }
        return new Found.Begin(task.begun(worker, now, failures, why));
    }

    /**
     * A try has ended.
     *
     * @param task as it was written down when the try began
     * @param chance 0 (included) to 1 (excluded)
     */
    public static Task ended(Task task, TaskOutcome outcome, Instant now, double chance) {
        if (outcome instanceof TaskOutcome.Done done) {
            return task.done(now, shortened(done.result()));
        }
        boolean counts = outcome instanceof TaskOutcome.Failed;
        String why = shortened(
                outcome instanceof TaskOutcome.Failed failed ? failed.why() : ((TaskOutcome.Prevented) outcome).why());
        int failures = counts ? task.failures() + 1 : task.failures();
        if (failures >= task.order().maxFailures()) {
            return task.givenUp(now, failures, tooOften(failures, why));
        }
        Instant next = now.plus(pause(counts ? failures : task.tries(), chance));
        return next.isAfter(task.order().expiresAt())
                ? task.givenUp(now, failures, expired(task, Optional.of(why)))
                : task.toTryAgain(next, failures, why);
    }

    /**
     * Somebody does not want it done any more. A worker that has it in hand loses it.
     *
     * @throws IllegalArgumentException if it is over already
     */
    public static Task cancelled(Task task, String by, Instant now) {
        if (task.state().isFinal()) {
            throw new IllegalArgumentException("task " + task.id() + " is over already: it is " + task.state());
        }
        return task.givenUp(now, task.failures(), "cancelled by " + shortened(by));
    }

    /**
     * How long to wait before the next try.
     *
     * @param after how many tries that came to nothing, from 1
     * @param chance 0 (included) to 1 (excluded)
     */
    static Duration pause(int after, double chance) {
        long seconds = Math.min(
                LONGEST_PAUSE_SECONDS, (long) FIRST_PAUSE_SECONDS << Math.min(MAX_DOUBLINGS, Math.max(0, after - 1)));
        return Duration.ofMillis((long) (seconds * 1000 * (1 - chance / 2)));
    }

    private static String silence(Task task) {
        return "worker " + task.worker().orElse("(unknown)") + " fell silent during try " + task.tries();
    }

    private static String tooOften(int failures, String why) {
        return "given up after " + failures + (failures == 1 ? " failed try: " : " failed tries, the last: ") + why;
    }

    private static String expired(Task task, Optional<String> why) {
        return "given up because it was not done by " + task.order().expiresAt()
                + why.map(reason -> "; the last try: " + reason).orElse(": no worker came to it in time");
    }

    private static String shortened(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    }
}
