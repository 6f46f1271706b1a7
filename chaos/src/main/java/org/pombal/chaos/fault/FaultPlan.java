package org.pombal.chaos.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.pombal.chaos.history.Round;

/**
 * What is done to a site, step by step: the same for the same seed. Every kind of fault comes before any comes again. One step
 * in three has a second fault, on another host.
 *
 * @param timing how many times longer the site's times of ownership are than usual
 * @param fenced whether hosts may stand still as long as they like, because they are fenced before others take over
 */
public record FaultPlan(long seed, int proxies, int backends, int geoDbs, int timing, boolean fenced) {

    private static final int SECOND_ONE_IN = 3;
    /** Longer than a failover takes: 6 s until the lease is broken, and up to 4 s more. */
    private static final int LONG_SECONDS = 14;
    /** Less than a lease is trusted, 4 s, and by much: other processes may be late besides. */
    private static final double SHORT_SECONDS = 2.5;

    private static final int PLANNED_SECONDS = 10;

    public FaultPlan {
        if (proxies < 1 || backends < 2 || geoDbs < 3 || timing < 1) {
            throw new IllegalArgumentException("a plan needs a proxy, two backends, and three of GeoDB");
        }
    }

    /**
     * The first steps.
     *
     * @param length how long all of them take together, without the time that users need to be served again
     */
    public List<Step> steps(Duration length) {
        requireNonNull(length, "length is null");
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        List<FaultKind> deck = new ArrayList<>();
        Duration planned = Duration.ZERO;
        while (planned.compareTo(length) < 0) {
            if (deck.isEmpty()) {
                deck.addAll(List.of(FaultKind.values()));
                Collections.shuffle(deck, random);
            }
            Step step = step(deck.remove(deck.size() - 1), random);
            steps.add(step);
            planned = planned.plus(step.length());
        }
        return steps;
    }

    private Step step(FaultKind kind, Random random) {
        Fault first = fault(kind, Duration.ZERO, random);
        if (kind.judged() == Round.Kind.PLANNED || random.nextInt(SECOND_ONE_IN) > 0) {
            return new Step(List.of(first));
        }
        FaultKind[] kinds = FaultKind.values();
        Fault second = fault(kinds[random.nextInt(kinds.length)], Duration.ofMillis(random.nextInt(4000)), random);
        return goTogether(first, second) ? new Step(List.of(first, second)) : new Step(List.of(first));
    }

    /** A site bears the loss of one host of a kind; and what may not fail is not tried while something is broken. */
    private static boolean goTogether(Fault first, Fault second) {
        return second.kind().judged() != Round.Kind.PLANNED
                && second.kind().on() != FaultKind.On.NOBODY
                && first.kind().on() != FaultKind.On.NOBODY
                && first.kind().on() != second.kind().on();
    }

    private Fault fault(FaultKind kind, Duration after, Random random) {
        int hosts =
                switch (kind.on()) {
                    case BACKEND -> backends;
                    case PROXY -> proxies;
                    case GEODB -> geoDbs;
                    case NOBODY -> 0;
                };
        return new Fault(kind, hosts == 0 ? 0 : 1 + random.nextInt(hosts), after, lasts(kind, random));
    }

    private Duration lasts(FaultKind kind, Random random) {
        double drawn = random.nextDouble();
        return switch (kind) {
            case MOVES, EVACUATION -> Duration.ofSeconds(PLANNED_SECONDS);
            // Undone by whoever watches the process; this is only until the next step may begin.
            case NODE_KILLED, GUARDIAN_KILLED, DOVECOT_KILLED, PROXY_NODE_KILLED -> Duration.ofSeconds(3);
            case HOST_STOPPED -> seconds((fenced ? LONG_SECONDS : SHORT_SECONDS) * drawn * timing);
            case HOST_KILLED, GEODB_KILLED -> seconds((LONG_SECONDS + 4 * drawn) * timing);
            default -> seconds((drawn < 0.5 ? 1 + 2 * SHORT_SECONDS * drawn : LONG_SECONDS * drawn) * timing);
        };
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
