package org.pombal.model.lease;

import java.util.UUID;

/**
 * The judgements on which the safety of leases rests, each in one place. The defaults are the protocol (decision 0010); the simulation
 * replaces one at a time by a wrong one, to show that it is needed and that the simulation would notice. Times are nanoseconds.
 */
public interface LeaseRules {

    /** The protocol as it is. */
    LeaseRules PROTOCOL = new LeaseRules() {};

    /** Until when a renewal gives trust, when it is known to be applied at {@code now} and was first tried at {@code firstTry}. */
    default long trustedUntil(long firstTry, long now, OwnershipTimings timings) {
        return firstTry + timings.trust().toNanos();
    }

    /** Whether a row of our incarnation with the next counter was written by this process, so that we know since when. */
    default boolean isOwnRenewal(Lease standing, UUID process) {
        return standing.process().equals(process);
    }

    /**
     * Whether the lease has stood still between two successful reads.
     *
     * @param gap between the two reads
     */
    default boolean stoodStill(Lease first, Lease read, long gap, OwnershipTimings timings) {
        return first.isAsIn(read) && gap <= timings.readGap().toNanos();
    }

    /**
     * Whether a majority that was asked at {@code askedAt} allows to break a lease that was first read as it is now at
     * {@code unchangedSince}. One that was asked for an earlier counter does not: the holder may have renewed since, and go on by a
     * majority "down".
     */
    default boolean allowsTheBreak(long askedAt, long unchangedSince) {
        return askedAt >= unchangedSince;
    }
}
