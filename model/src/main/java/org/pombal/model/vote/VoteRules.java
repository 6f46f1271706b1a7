package org.pombal.model.vote;

import org.pombal.model.lease.OwnershipTimings;

/**
 * The judgements on which the safety of votes rests; see {@link org.pombal.model.lease.LeaseRules}. Times are nanoseconds.
 */
public interface VoteRules {

    /** The protocol as it is. */
    VoteRules PROTOCOL = new VoteRules() {};

    /** @param since how long ago the voter started, or said the opposite, whichever is shorter */
    default boolean maySay(long since, OwnershipTimings timings) {
        return since >= timings.voteHold().toNanos();
    }

    /** @param after how long after the begin of the poll its answer came */
    default boolean counts(long after, OwnershipTimings timings) {
        return after <= timings.pollLimit().toNanos();
    }

    /** Whether a change of the electorate must be agreed to by a majority of the one before. */
    default boolean needsMajority() {
        return true;
    }
}
