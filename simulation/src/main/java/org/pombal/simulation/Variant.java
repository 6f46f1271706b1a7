package org.pombal.simulation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The protocol with one mistake.
 *
 * @param name by which it is asked for
 * @param mistake what it does wrong
 * @param sign what gives it away
 * @param only what the schedules are about in which it shows; empty for any
 * @param within how many schedules are enough to catch it
 */
record Variant(
        String name, String mistake, Sign sign, Optional<Profile.Theme> only, int within, Supplier<Quirks> quirks) {

    /** What a mistake leads to. */
    enum Sign {
        /** A user is served by two backends. */
        OVERLAP,
        /** Somebody cannot get in, or something moves for ever. */
        STUCK;

        boolean isSeenIn(Schedule.Outcome outcome) {
            return this == OVERLAP ? outcome.overlap() : outcome.stuck();
        }
    }

    Variant {
        requireNonNull(name, "name is null");
        requireNonNull(mistake, "mistake is null");
        requireNonNull(sign, "sign is null");
        requireNonNull(only, "only is null");
        requireNonNull(quirks, "quirks is null");
    }

    /** One that leads to overlaps, in schedules about anything. */
    Variant(String name, String mistake, int within, Supplier<Quirks> quirks) {
        this(name, mistake, Sign.OVERLAP, Optional.empty(), within, quirks);
    }

    /** One that leads to overlaps. */
    Variant(String name, String mistake, Profile.Theme only, int within, Supplier<Quirks> quirks) {
        this(name, mistake, Sign.OVERLAP, Optional.of(only), within, quirks);
    }

    /** One that shows in schedules about anything. */
    Variant(String name, String mistake, Sign sign, int within, Supplier<Quirks> quirks) {
        this(name, mistake, sign, Optional.empty(), within, quirks);
    }

    /** Schedules of it, until it is caught. */
    Runs run(long seed, long schedules) throws InterruptedException {
        Runs runs = new Runs(Profile.Kind.PROMISED, only, quirks, true, sign::isSeenIn);
        runs.run(seed, schedules);
        return runs;
    }
}
