package org.pombal.model.sitefailover;

import java.time.Duration;
import org.pombal.model.placement.User;
import org.pombal.model.reachability.ReachabilityMatrix.Verdict;
import org.pombal.model.site.SiteId;

/**
 * The judgements on which it rests that no user is served by two sites, each in one place. The defaults are the protocol (decision 0021);
 * the simulation replaces one at a time by a wrong one, to show that it is needed and that the simulation would notice.
 */
public interface FailoverRules {

    /** The protocol as it is. */
    FailoverRules PROTOCOL = new FailoverRules() {};

    /**
     * Whether a site counts as lost: for a majority, or, where there are two sites, for the other one. Then the first to write decides,
     * if GeoDB has a majority for it, and a site whose own failover was declared declares none.
     */
    default boolean isLost(Verdict verdict) {
        boolean isOneOfTwo = verdict.lostFor().size() == 1
                && verdict.reachedBy().isEmpty()
                && verdict.silent().isEmpty();
        return verdict.isLostForAMajority() || isOneOfTwo;
    }

    /** Whether a site that seems to be lost counts as lost, to a judge that is blind or not. */
    default boolean countsLosses(boolean blind) {
        return !blind;
    }

    /** Whether a judge that has not looked for so many nanoseconds does not know what was between. */
    default boolean isGap(long nanoseconds, FailoverTimings timings) {
        return nanoseconds > timings.longestGap().toNanos();
    }

    /** Whether what was decided is given up when it could not be carried out in time. */
    default boolean forgetsOldDecisions() {
        return true;
    }

    /** How long a declared failover waits. */
    default Duration patience(FailoverTimings timings) {
        return timings.patience();
    }

    /**
     * Whether a user may be taken from the site without asking it, by its row and the user's, both read at the serial level. One whom the
     * site has claimed under its present term is served there: it has recovered since its row was read.
     */
    default boolean mayTake(SiteFailover row, User user) {
        return row.letsOthersTake() && user.home().site().equals(row.site()) && user.homeTerm() < row.term();
    }

    /** Whether a reading that showed this row lets the site's backends serve for a while. */
    default boolean givesTrust(SiteFailover row) {
        return row.letsSiteServe();
    }

    /** Whether what a site's backends have in memory and in service is void, after failovers that they may not have noticed. */
    default boolean isVoid(long servedTerm, SiteFailover row) {
        return row.term() > servedTerm;
    }

    /** Whether the sessions of a user who goes home are seen gone before the row says so. */
    default boolean endsSessionsBeforeHome() {
        return true;
    }

    /** What a user's row means to the site. */
    default HomeClaim claim(User row, SiteId here, long term) {
        return HomeClaim.of(row, here, term);
    }
}
