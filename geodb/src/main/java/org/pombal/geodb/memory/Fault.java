package org.pombal.geodb.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What befalls one request to the store. */
public sealed interface Fault {

    /** It is carried out and answered at once. */
    record None() implements Fault {}

    /** It is refused at once, and nothing is changed. */
    record Unavailable() implements Fault {}

    /** It is carried out at once and answered after {@code delay}; past the request time-out nobody listens any more. */
    record Slow(Duration delay) implements Fault {
        public Slow {
            requireNonNull(delay, "delay is null");
        }
    }

    /** It never arrives, and the one who asked hears nothing. */
    record RequestLost() implements Fault {}

    /**
     * It is carried out, and the one who asked hears nothing. A compare-and-set may be left accepted but not committed:
     * then quorum reads do not see it until a serial read or the next compare-and-set of the row settles it.
     */
    record AnswerLost() implements Fault {}

    /** It arrives after {@code delay}, when the one who asked has given up. */
    record Late(Duration delay) implements Fault {
        public Late {
            requireNonNull(delay, "delay is null");
        }
    }
}
