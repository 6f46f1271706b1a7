package org.pombal.model.sitefailover;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.SiteId;

/** The row after each step of a site's failover; empty if the step is not possible from where it stands. */
public final class FailoverSteps {

    private FailoverSteps() {}

    /** @param soon whether the failover before began a short time ago */
    public static Optional<SiteFailover> declared(SiteFailover row, boolean byOperator, boolean soon, int rate) {
        boolean possible = row.phase() == FailoverPhase.NONE || row.phase() == FailoverPhase.RECOVERING;
        int relapses = soon ? Math.min(row.relapses() + 1, SiteFailover.MAX_RELAPSES) : 0;
        return when(
                possible,
                next(
                        row,
                        FailoverPhase.DECLARED,
                        row.term(),
                        byOperator,
                        Collections.emptySortedMap(),
                        rate,
                        relapses));
    }

    /** The site is there after all, and nobody was taken from it. */
    public static Optional<SiteFailover> withdrawn(SiteFailover row) {
        return when(
                row.phase() == FailoverPhase.DECLARED,
                next(
                        row,
                        // Those whom an earlier failover took away may not be home yet.
                        row.term() == 0 ? FailoverPhase.NONE : FailoverPhase.RECOVERING,
                        row.term(),
                        false,
                        row.shares(),
                        row.rate(),
                        row.relapses()));
    }

    /** From here on nobody may serve the site's users by rows of an earlier term. */
    public static Optional<SiteFailover> activated(SiteFailover row, SortedMap<SiteId, Integer> shares) {
        return when(
                row.phase() == FailoverPhase.DECLARED && !shares.isEmpty(),
                next(row, FailoverPhase.ACTIVE, row.term() + 1, row.byOperator(), shares, row.rate(), row.relapses()));
    }

    /** All who were taken come home; also when so far a share of them did. */
    public static Optional<SiteFailover> recovering(SiteFailover row, int rate) {
        return when(
                row.phase() == FailoverPhase.ACTIVE
                        || (row.phase() == FailoverPhase.RECOVERING
                                && row.returning().isPresent()),
                next(row, FailoverPhase.RECOVERING, row.term(), row.byOperator(), row.shares(), rate, row.relapses()));
    }

    /** A share of those who were taken come home. Those who are home already stay there if it is smaller than before. */
    public static Optional<SiteFailover> returning(SiteFailover row, UserShare share) {
        return when(
                row.phase() == FailoverPhase.ACTIVE || row.phase() == FailoverPhase.RECOVERING,
                new SiteFailover(
                        row.site(),
                        FailoverPhase.RECOVERING,
                        row.term(),
                        row.byOperator(),
                        row.shares(),
                        row.rate(),
                        row.phase() == FailoverPhase.RECOVERING && row.paused(),
                        Optional.of(share),
                        row.relapses(),
                        row.version() + 1));
    }

    /** All are home. */
    public static Optional<SiteFailover> over(SiteFailover row) {
        return when(
                row.phase() == FailoverPhase.RECOVERING,
                next(
                        row,
                        FailoverPhase.NONE,
                        row.term(),
                        false,
                        Collections.emptySortedMap(),
                        row.rate(),
                        row.relapses()));
    }

    /** Another rate, or a pause, which is possible at any time. */
    public static SiteFailover paced(SiteFailover row, int rate, boolean paused) {
        return new SiteFailover(
                row.site(),
                row.phase(),
                row.term(),
                row.byOperator(),
                row.shares(),
                rate,
                paused,
                row.returning(),
                row.relapses(),
                row.version() + 1);
    }

    private static Optional<SiteFailover> when(boolean possible, SiteFailover next) {
        return possible ? Optional.of(next) : Optional.empty();
    }

    private static SiteFailover next(
            SiteFailover row,
            FailoverPhase phase,
            long term,
            boolean byOperator,
            SortedMap<SiteId, Integer> shares,
            int rate,
            int relapses) {
        return new SiteFailover(row.site(), phase, term, byOperator, shares, rate, false, relapses, row.version() + 1);
    }
}
