package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

/**
 * What it takes before somebody acts on a lease that stands still.
 *
 * @param runsFenceCommand whether this process runs the operator's fence command itself, or waits for another that does
 */
public record BreakPolicy(OutagePolicy outage, TakeoverPolicy takeover, boolean runsFenceCommand) {

    /** For leases on which no promise rests. */
    public static final BreakPolicy PLAIN = new BreakPolicy(OutagePolicy.FENCE, TakeoverPolicy.LEASE, false);

    public BreakPolicy {
        requireNonNull(outage, "outage is null");
        requireNonNull(takeover, "takeover is null");
    }
}
