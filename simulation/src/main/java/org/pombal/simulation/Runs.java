package org.pombal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Many schedules with consecutive seeds, on all cores. */
final class Runs {

    private final Profile.Kind kind;
    private final Optional<Profile.Theme> only;
    private final Supplier<Quirks> quirks;
    private final boolean stopsAtTheFirst;
    private final Predicate<Schedule.Outcome> isBad;
    private final AtomicLong next = new AtomicLong();
    private long run;
    private long sessions;
    private long events;
    private long overlaps;
    private long stuck;
    private long exposure;
    private Schedule.@Nullable Outcome worst;

    /**
     * @param only what all schedules are to be about; empty for anything
     * @param isBad what counts as a bad outcome; of those, the one with the lowest seed is kept
     */
    Runs(
            Profile.Kind kind,
            Optional<Profile.Theme> only,
            Supplier<Quirks> quirks,
            boolean stopsAtTheFirst,
            Predicate<Schedule.Outcome> isBad) {
        this.isBad = isBad;
        this.kind = kind;
        this.only = only;
        this.quirks = quirks;
        this.stopsAtTheFirst = stopsAtTheFirst;
    }

    /** Runs {@code count} schedules from {@code seed} on, or until one is bad. */
    void run(long seed, long count) throws InterruptedException {
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors());
        ExecutorService threads = Executors.newFixedThreadPool(cores, task -> new Thread(task, "pombal-simulation"));
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                all.add(threads.submit(() -> work(seed, count)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a schedule could not be run", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void work(long seed, long count) {
        for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
            Schedule.Outcome outcome;
            try {
                outcome = Schedule.run(seed + number, kind, only, quirks.get(), Trace.NONE);
            } catch (RuntimeException e) {
                throw new IllegalStateException("schedule with seed " + (seed + number), e);
            }
            note(outcome, count);
        }
    }

    private synchronized void note(Schedule.Outcome outcome, long count) {
        run++;
        sessions += outcome.sessions();
        events += outcome.events();
        exposure = Math.max(exposure, outcome.exposure());
        if (outcome.overlap()) {
            overlaps++;
        }
        if (outcome.stuck()) {
            stuck++;
        }
        if (isBad.test(outcome) && (worst == null || outcome.seed() < worst.seed())) {
            worst = outcome;
            if (stopsAtTheFirst) {
                next.set(count);
            }
        }
    }

    long schedules() {
        return run;
    }

    long sessions() {
        return sessions;
    }

    long events() {
        return events;
    }

    long overlaps() {
        return overlaps;
    }

    long stuck() {
        return stuck;
    }

    long exposure() {
        return exposure;
    }

    Schedule.@Nullable Outcome bad() {
        return worst;
    }
}
