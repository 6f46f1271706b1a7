package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.backend.BackendId;

/**
 * What a node knows of the site's backends by watching their leases.
 *
 * @param leads whether it sees to the failovers of the site
 * @param leader the node that does, if one is known to
 * @param backends those that this node watches: all if it leads
 */
public record FailoverFacts(boolean leads, Optional<String> leader, Map<BackendId, BackendFact> backends) {

    /** Before anything is known. */
    public static final FailoverFacts NONE = new FailoverFacts(false, Optional.empty(), Map.of());

    public FailoverFacts {
        requireNonNull(leader, "leader is null");
        backends = Map.copyOf(backends);
    }

    /**
     * How one backend is.
     *
     * @param lasts for how long it has been so, as this node saw it
     * @param waitsFor what is missing before its groups are taken over; empty if nothing is, or it is up
     */
    public record BackendFact(BackendState state, Duration lasts, Optional<String> waitsFor) {

        public BackendFact {
            requireNonNull(state, "state is null");
            requireNonNull(lasts, "lasts is null");
            requireNonNull(waitsFor, "waitsFor is null");
        }
    }
}
