package org.pombal.simulation;

import java.util.List;
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
 * @param freezes whether whole machines stand still and wake again
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
        boolean freezes) {

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
        MOVES
    }

    /** What may be asked for besides chance. */
    enum Kind {
        /** Everything but machines that stand still as a whole. */
        PROMISED,
        /** With whole machines that stand still, under {@code cluster_takeover = lease}. */
        FROZEN,
        /** The same under {@code cluster_takeover = fenced}. */
        FROZEN_FENCED
    }

    static Profile draw(Chance chance, Kind kind) {
        TakeoverPolicy takeover =
                switch (kind) {
                    case PROMISED -> chance.once(8) ? TakeoverPolicy.FENCED : TakeoverPolicy.LEASE;
                    case FROZEN -> TakeoverPolicy.LEASE;
                    case FROZEN_FENCED -> TakeoverPolicy.FENCED;
                };
        boolean storm = chance.in(50);
        Theme theme = chance.one(List.of(Theme.values()));
        return new Profile(
                theme == Theme.VOTES || theme == Theme.OUTAGES || chance.in(50)
                        ? OutagePolicy.SERVE
                        : OutagePolicy.FENCE,
                takeover,
                chance.between(2, 3),
                chance.between(1, 2),
                chance.between(theme == Theme.MOVES ? 3 : 2, 4),
                chance.in(50),
                theme == Theme.VOTES ? chance.between(14_000, 24_000) : chance.between(8_000, 22_000),
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
                kind != Kind.PROMISED);
    }
}
