package org.pombal.model.sitefailover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.pombal.model.lease.OwnershipTimings;

/**
 * The times of failovers of sites.
 *
 * @param declareAfter how long most sites must have lost one before its failover is declared
 * @param patience from then until users are taken over, if the site does not come back
 * @param trust how long a site serves its users after the begin of the last reading that showed no failover of it
 * @param readEvery how often a site's backends read that
 * @param killAllowance from the end of trust until the last process is gone
 * @param recoverAfter how long a site must have been reachable again before its users come home; doubled with each relapse
 */
public record FailoverTimings(
        Duration declareAfter,
        Duration patience,
        Duration trust,
        Duration readEvery,
        Duration killAllowance,
        Duration recoverAfter) {

    /** Judges look each second; answers of GeoDB may take longer than that. */
    private static final Duration SHORTEST_GAP = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException naming the times that do not fit together */
    public FailoverTimings {
        requireNonNull(declareAfter, "declareAfter is null");
        requireNonNull(patience, "patience is null");
        requireNonNull(trust, "trust is null");
        requireNonNull(readEvery, "readEvery is null");
        requireNonNull(killAllowance, "killAllowance is null");
        requireNonNull(recoverAfter, "recoverAfter is null");
        if (!OwnershipTimings.isClearlyLess(trust.plus(killAllowance), patience)) {
            throw new IllegalArgumentException("a site that is cut off serves for " + trust + " and is silent "
                    + killAllowance + " later; its users must not be taken over after " + patience + " already");
        }
        if (!OwnershipTimings.lastsTwoRenewals(trust, readEvery)) {
            throw new IllegalArgumentException(
                    "trust (" + trust + ") lasts at least two readings (each " + readEvery + ")");
        }
    }

    /** How long a judge may not look before what it saw counts no more. */
    public Duration longestGap() {
        return declareAfter.compareTo(SHORTEST_GAP) > 0 ? declareAfter : SHORTEST_GAP;
    }

    /** How long a site must have been reachable again. */
    public Duration recoverAfter(int relapses) {
        return recoverAfter.multipliedBy(1L << Math.min(relapses, SiteFailover.MAX_RELAPSES));
    }
}
