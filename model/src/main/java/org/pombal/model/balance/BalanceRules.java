package org.pombal.model.balance;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;

/**
 * When and how far a site's load is balanced.
 *
 * @param minSamples how many samples of the load must exist before anything is moved, 0 to 1,000,000: the setting {@code
 *     HOST_LOAD_BALANCE_MIN_SAMPLES}. One in 15 s makes 3,000 in 12.5 h
 * @param threshold the difference between the highest and the lowest load, as a part of the mean, above which moves are planned, 0 to
 *     10: the setting {@code HOST_LOAD_BALANCE_SCORE_DELTA_THRESHOLD_RATIO}. Loads are taken relative to the load factors
 * @param band how far from its share a backend may end, as a part of the share, 0.001 to 1. Below half of the threshold, so that what
 *     was balanced stays so for a while
 * @param maxMoves how many groups may be on the move at once, 1 to 100,000
 * @param drainMoves how many groups leave a backend with load factor 0 in one pass, 1 to 100,000
 * @param cooldown how long a group rests after a move, 0 to 30 days; those of a backend with load factor 0 do not wait
 * @param maxAge how old the newest sample may be, 1 s to 1 day
 */
public record BalanceRules(
        int minSamples,
        double threshold,
        double band,
        int maxMoves,
        int drainMoves,
        Duration cooldown,
        Duration maxAge) {

    public static final BalanceRules DEFAULTS =
            new BalanceRules(3_000, 0.1, 0.02, 50, 5, Duration.ofHours(12), Duration.ofMinutes(5));

    public BalanceRules {
        requireNonNull(cooldown, "cooldown is null");
        requireNonNull(maxAge, "maxAge is null");
        check("minSamples", minSamples, 0, 1_000_000);
        check("threshold", threshold, 0, 10);
        check("band", band, 0.001, 1);
        check("maxMoves", maxMoves, 1, 100_000);
        check("drainMoves", drainMoves, 1, 100_000);
        check("cooldown", cooldown, Duration.ZERO, Duration.ofDays(30));
        check("maxAge", maxAge, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    /**
     * For a plan that an operator asks for out of its turn: whatever is outside the band, however few samples there are. Old measurements do not
     * count there either, and groups rest after a move.
     */
    public BalanceRules byHand() {
        return new BalanceRules(0, band, band, maxMoves, drainMoves, cooldown, maxAge);
    }
}
