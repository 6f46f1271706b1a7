package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.OwnershipTimings;

/**
 * How a backend takes part in the ownership protocol.
 *
 * @param policy when others' leases are acted on
 * @param maxParallelMoves how many users are handed over at once, at least 1
 * @param rememberedUsers how many users' groups are remembered
 * @param deliveryProcesses how many processes Dovecot may run for deliveries
 * @param site its part in failovers of the site
 */
public record OwnershipSetup(
        BreakPolicy policy,
        OwnershipTimings timings,
        int maxParallelMoves,
        int rememberedUsers,
        int deliveryProcesses,
        SiteSetup site) {

    public OwnershipSetup {
        requireNonNull(policy, "policy is null");
        requireNonNull(timings, "timings is null");
        requireNonNull(site, "site is null");
    }
}
