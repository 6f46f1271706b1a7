package org.pombal.chaos.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A time in which something was done to the site.
 *
 * @param name what was done
 * @param kind how it is judged
 * @param breaksAuth whether it may end the process that login processes wait for
 * @param begin nanoseconds of CLOCK_MONOTONIC
 * @param healed when all that was broken was whole again
 * @param served when every user was served again; empty if that was not so in time
 * @param late how late the machine ran processes at most
 */
public record Round(
        String name, Kind kind, boolean breaksAuth, long begin, long healed, OptionalLong served, Duration late) {

    /** What may be expected. */
    public enum Kind {
        /** Nothing is broken, users are moved: no try may fail. */
        PLANNED,
        /** Something was killed: users are served again in a given time after that. */
        KILL,
        /** Something else: users are served again in the same time after it is whole again. */
        OTHER
    }

    public Round {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(served, "served is null");
        requireNonNull(late, "late is null");
    }

    /** The round in which a time is: the last that began before it; none if it is before all. */
    public static Optional<Round> at(long time, List<Round> rounds) {
        return rounds.stream().filter(round -> round.begin() <= time).reduce((earlier, later) -> later);
    }

    /** Whether something is being done at this time. */
    boolean isUnderWay(long time) {
        return time >= begin && time < healed;
    }
}
