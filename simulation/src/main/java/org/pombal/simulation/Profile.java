package org.pombal.simulation;

import java.util.List;
import java.util.Optional;
import org.pombal.model.lease.OutagePolicy;
import org.pombal.model.lease.TakeoverPolicy;

/**
 * What kind of schedule it is: drawn from its seed, so that some are calm and long enough for moves to end, and others a storm.
 *
 * @param chaosMilliseconds how long things go wrong before all is healed
 * @param storePercent how many of a hundred requests to GeoDB go wrong
 * @param lossPercent how many of a hundred messages are lost, and as many doubled
 * @param pauseOneIn a node pauses before one in so many of its steps; 0: never
 * @param crashOneIn a node is killed before one in so many of its steps; 0: never
 * @param theme what happens more often than other things
 * @param disasterEvery the mean time between crashes, partitions and the like, in milliseconds
 * @param moveEvery the mean time between moves that operators ask for, in milliseconds
 * @param driftMillionths the most that a machine's clock is fast or slow
 * @param kind what else befalls machines
 * @param namesake whether there is a second machine with the name of a backend
 */
record Profile(
        OutagePolicy outage,
        TakeoverPolicy takeover,
        int backends,
        int groups,
        int users,
        boolean controllers,
        int chaosMilliseconds,
        int storePercent,
        int lossPercent,
        int pauseOneIn,
        int crashOneIn,
        Theme theme,
        int disasterEvery,
        int moveEvery,
        int driftMillionths,
        Kind kind,
        boolean namesake) {

    /** Time for takeovers, and for what lives on beside them. */
    private static final int TAKEOVERS = 20_000;

    /** What a schedule is mostly about. */
    enum Theme {
        ANYTHING,
        /** GeoDB away, or cut off from some. */
        OUTAGES,
        /** Some see GeoDB and others do not, while the electorate changes. */
        VOTES,
        /** Nodes that stop for a while before many of their steps, and die. */
        PAUSES,
        /** Groups and users on the move, and nodes that die meanwhile. */
        MOVES,
        /** What {@link Coincidences} brings about, and little else. */
        COINCIDENCES
    }

    /** What may be asked for besides chance. */
    enum Kind {
        /** Everything but what follows. */
        PROMISED,
        /** With whole machines that stand still, under {@code cluster_takeover = lease}. */
        FROZEN,
        /** The same under {@code cluster_takeover = fenced}. */
        FROZEN_FENCED,
        /** With machines on which node, guardian and watcher are killed at once, under {@code cluster_takeover = lease}. */
        UNGUARDED,
        /** The same under {@code cluster_takeover = fenced}. */
        UNGUARDED_FENCED;

        boolean freezes() {
            return this == FROZEN || this == FROZEN_FENCED;
        }

        boolean losesGuardians() {
            return this == UNGUARDED || this == UNGUARDED_FENCED;
        }
    }

    /** How many users may leave a backend at once. */
    int parallelMoves() {
        return theme == Theme.MOVES || theme == Theme.COINCIDENCES ? 1 : 2;
    }

    /** How long a session may last, in milliseconds. */
    int longestSession() {
        return kind.losesGuardians() ? 20_000 : 6_000;
    }

    /** @param only the theme it is to have; empty for any */
    static Profile draw(Chance chance, Kind kind, Optional<Theme> only) {
        TakeoverPolicy takeover =
                switch (kind) {
                    case PROMISED -> chance.once(8) ? TakeoverPolicy.FENCED : TakeoverPolicy.LEASE;
                    case FROZEN, UNGUARDED -> TakeoverPolicy.LEASE;
                    case FROZEN_FENCED, UNGUARDED_FENCED -> TakeoverPolicy.FENCED;
                };
        boolean storm = chance.in(50);
        Theme drawn = chance.one(List.of(Theme.values()));
        Theme theme = only.orElse(drawn);
        if (theme == Theme.COINCIDENCES) {
            return coincidences(chance, takeover, kind);
        }
        return new Profile(
                theme == Theme.VOTES || theme == Theme.OUTAGES || chance.in(50)
                        ? OutagePolicy.SERVE
                        : OutagePolicy.FENCE,
                takeover,
                chance.between(2, 3),
                chance.between(1, 2),
                chance.between(theme == Theme.MOVES ? 3 : 2, 4),
                chance.in(50),
                (theme == Theme.VOTES ? chance.between(14_000, 24_000) : chance.between(8_000, 22_000))
                        + (kind.losesGuardians() ? TAKEOVERS : 0),
                chance.in(30) ? 0 : chance.between(1, storm ? 25 : 6),
                chance.in(30) ? 0 : chance.between(1, storm ? 25 : 6),
                theme == Theme.PAUSES ? chance.between(4, 30) : chance.in(40) ? 0 : chance.between(20, 400),
                theme == Theme.PAUSES || (theme != Theme.VOTES && chance.in(50)) ? chance.between(20, 400) : 0,
                theme,
                chance.between(1_500, storm || theme == Theme.VOTES ? 4_000 : 10_000),
                theme == Theme.MOVES || theme == Theme.VOTES
                        ? chance.between(400, 2_000)
                        : chance.between(1_000, 6_000),
                10_000,
                kind,
                chance.in(10));
    }

    private static Profile coincidences(Chance chance, TakeoverPolicy takeover, Kind kind) {
        return new Profile(
                OutagePolicy.SERVE,
                takeover,
                3,
                chance.between(1, 2),
                chance.between(2, 4),
                chance.in(50),
                40_000,
                chance.between(0, 2),
                chance.between(0, 2),
                0,
                0,
                Theme.COINCIDENCES,
                60_000,
                20_000,
                10_000,
                kind,
                false);
    }
}
