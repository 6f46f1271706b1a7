package org.pombal.chaos;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.pombal.chaos.fault.Fault;
import org.pombal.chaos.fault.FaultKind;
import org.pombal.chaos.fault.Saboteur;
import org.pombal.chaos.fault.Step;
import org.pombal.chaos.history.Round;
import org.pombal.chaos.load.Load;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.demo.server.Waiting;

/** Goes through a plan. */
final class Run {

    private static final Duration WHOLE = Duration.ofSeconds(90);

    private final Load load;
    private final Saboteur saboteur;
    private final Duration healing;
    private final Lateness lateness;
    private final Consumer<String> progress;
    private final List<Round> rounds = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** One thing to do at a time. */
    private record Act(long at, Runnable task) {}

    /** @param healing how long users may take to be served again once all is whole */
    Run(ChaosSite site, Load load, Duration healing, Lateness lateness, Consumer<String> progress) {
        this.load = requireNonNull(load, "load is null");
        this.saboteur = new Saboteur(site);
        this.healing = requireNonNull(healing, "healing is null");
        this.lateness = requireNonNull(lateness, "lateness is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Returns when every user is served. */
    boolean awaitServed(long since) {
        return Waiting.upTo(
                healing,
                () -> load.observations().notServedSince(since, load.users()).isEmpty());
    }

    /** Runs the steps that fit into the time. */
    void go(List<Step> steps, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (Step step : steps) {
            if (System.nanoTime() + step.length().toNanos() - end >= 0) {
                return;
            }
            if (!Waiting.upTo(WHOLE, saboteur::isWhole)) {
                faults.add(
                        "not everything runs again " + WHOLE.toSeconds() + " s after it was healed, before: " + step);
            }
            round(step);
        }
    }

    private void round(Step step) {
        FaultKind first = step.faults().get(0).kind();
        boolean planned = first.judged() == Round.Kind.PLANNED;
        lateness.takeLongest();
        long begin = System.nanoTime();
        load.planned(planned);
        if (first == FaultKind.EVACUATION
                && !load.mover().evacuate(saboteur.backend(step.faults().get(0)))) {
            faults.add(step + ": failed: " + load.mover().refused());
        }
        act(step, begin);
        load.planned(false);
        long healed = System.nanoTime();
        boolean served = awaitServed(healed);
        OptionalLong servedAt = served ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
        rounds.add(new Round(
                step.toString(), kind(step), step.breaksAuth(), begin, healed, servedAt, lateness.takeLongest()));
        progress.accept("%s: %s"
                .formatted(
                        step,
                        served
                                ? "all served %.1f s after".formatted((servedAt.getAsLong() - healed) / 1e9)
                                : "NOT SERVED: " + load.observations().notServedSince(healed, load.users())));
    }

    private static Round.Kind kind(Step step) {
        return step.faults().size() == 1 ? step.faults().get(0).kind().judged() : Round.Kind.OTHER;
    }

    private void act(Step step, long begin) {
        List<Act> acts = new ArrayList<>();
        for (Fault fault : step.faults()) {
            Runnable[] undo = {() -> {}};
            acts.add(new Act(begin + fault.after().toNanos(), () -> undo[0] = saboteur.commit(fault)));
            acts.add(new Act(begin + fault.end().toNanos(), () -> undo[0].run()));
        }
        acts.sort(Comparator.comparingLong(Act::at));
        for (Act act : acts) {
            long wait = act.at() - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, TimeUnit.SECONDS.toNanos(1)));
                wait = act.at() - System.nanoTime();
            }
            act.task().run();
        }
    }

    List<Round> rounds() {
        return List.copyOf(rounds);
    }

    /** What went wrong with the run itself. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
