package org.pombal.model.sitefailover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a backend may serve for its site, by what it has read of the site's failover at the serial level. As with a lease, trust counts
 * from the begin of a reading: what was declared before it began would have been seen. It never counts from a reading that showed a
 * failover. Not for use by several threads.
 */
public final class SiteTrust {

    private final IsolationPolicy policy;
    private final FailoverRules rules;
    private final long trust;
    private long lastGood = Long.MIN_VALUE;
    private long until = Long.MIN_VALUE;
    private OptionalLong term;
    private Optional<SiteFailover> row = Optional.empty();

    /** @param served under which term sessions may live on that an earlier process of the node let in; empty if there are none */
    public SiteTrust(IsolationPolicy policy, FailoverTimings timings, FailoverRules rules, OptionalLong served) {
        this.policy = requireNonNull(policy, "policy is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.trust = timings.trust().toNanos();
        this.term = requireNonNull(served, "served is null");
    }

    /**
     * The row was read at the serial level.
     *
     * @param begunAt when the reading began, in nanoseconds of the boot clock
     * @return whether all that is served now must end first, and what is remembered of users is void: others may have taken them over
     */
    public boolean read(long begunAt, SiteFailover read) {
        if (row.filter(known -> known.version() > read.version()).isPresent()) {
            return false;
        }
        boolean isVoid = term.isPresent() && rules.isVoid(term.getAsLong(), read);
        row = Optional.of(read);
        term = OptionalLong.of(read.term());
        if (rules.givesTrust(read)) {
            lastGood = Math.max(lastGood, begunAt);
            until = policy == IsolationPolicy.SERVE ? Long.MAX_VALUE : lastGood + trust;
        } else if (read.letsOthersTake() || lastGood == Long.MIN_VALUE) {
            until = Long.MIN_VALUE;
        } else {
            until = lastGood + trust;
        }
        return isVoid;
    }

    public boolean isTrusted(long now) {
        return now < until;
    }

    /** Until when, in nanoseconds of the boot clock; the largest value for ever, the smallest for not. */
    public long trustedUntil() {
        return until;
    }

    /** Under which term users' rows count; empty before the first reading. */
    public OptionalLong term() {
        return row.isPresent() ? term : OptionalLong.empty();
    }

    public Optional<SiteFailover> row() {
        return row;
    }
}
