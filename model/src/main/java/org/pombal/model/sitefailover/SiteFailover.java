package org.pombal.model.sitefailover;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * The failover of a site, as GeoDB's row says it: written by compare-and-set at SERIAL, each change one version.
 *
 * @param term how many failovers of the site have become active. A user's row counts at the site only under its present term:
 *     whoever moved the user away under an earlier one comes too late
 * @param byOperator whether an operator declared it; then only an operator ends it
 * @param shares the sites that take the users, and how much each can take; fixed when it becomes active, so that all agree who goes
 *     where
 * @param rate users a second that each site takes over, or sends home, in batches; those who log in are not counted
 * @param paused no batches; those who log in are still taken over
 * @param returning which of those who were taken come home while it recovers; all of them if empty
 * @param relapses how often it followed soon after the one before; each doubles the time until the site may recover
 */
public record SiteFailover(
        SiteId site,
        FailoverPhase phase,
        long term,
        boolean byOperator,
        SortedMap<SiteId, Integer> shares,
        int rate,
        boolean paused,
        Optional<UserShare> returning,
        int relapses,
        long version) {

    /** Beyond that, waiting longer before a recovery serves nobody. */
    public static final int MAX_RELAPSES = 6;

    public SiteFailover {
        requireNonNull(site, "site is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(returning, "returning is null");
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
        if (shares.values().stream().anyMatch(share -> share < 1)) {
            throw new IllegalArgumentException("a site that takes users has a share of 1 at least, not " + shares);
        }
        if (shares.containsKey(site)) {
            throw new IllegalArgumentException("site " + site + " cannot take its own users over");
        }
        if (term < 0 || version < 0 || relapses < 0 || rate < 1) {
            throw new IllegalArgumentException("term " + term + ", version " + version + ", relapses " + relapses
                    + " and rate " + rate + " do not make a failover");
        }
    }

    /** A failover after which all come home together. */
    public SiteFailover(
            SiteId site,
            FailoverPhase phase,
            long term,
            boolean byOperator,
            SortedMap<SiteId, Integer> shares,
            int rate,
            boolean paused,
            int relapses,
            long version) {
        this(site, phase, term, byOperator, shares, rate, paused, Optional.empty(), relapses, version);
    }

    /** What stands where there is no row: the site never failed over. */
    public static SiteFailover never(SiteId site) {
        return new SiteFailover(site, FailoverPhase.NONE, 0, false, Collections.emptySortedMap(), 1, false, 0, 0);
    }

    /** Whether the site may serve those whose rows say that they are at home there. */
    public boolean letsSiteServe() {
        return phase == FailoverPhase.NONE || phase == FailoverPhase.RECOVERING;
    }

    /** Whether a user who was taken from the site is to go home now. */
    public boolean letsGoHome(UserKey user, UsernameHash usernameHash) {
        return phase == FailoverPhase.RECOVERING
                && returning
                        .filter(share -> !ForcePlacement.isChosen(user, share, usernameHash))
                        .isEmpty();
    }

    /** Whether users may be taken from the site without asking it. */
    public boolean letsOthersTake() {
        return phase == FailoverPhase.ACTIVE;
    }
}
