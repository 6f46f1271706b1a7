package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.vote.VoterId;
import org.pombal.node.topology.Topology;

/**
 * Whose leases this node watches: all, if it sees to the failovers. In a small site all nodes do, in others each watches the leader's
 * backend: then the next leader knows what it needs about the last one at once, and need not begin to watch it. Confined to the loop.
 */
final class WatchPlan {

    private static final int SMALL_SITE = 10;

    /** How often it is looked who owns groups. */
    private static final long OWNERS_AGAIN = Duration.ofSeconds(5).toNanos();

    private final Topology topology;
    private Set<BackendId> owners = Set.of();
    private long ownersAt = Long.MIN_VALUE;

    WatchPlan(Topology topology) {
        this.topology = requireNonNull(topology, "topology is null");
    }

    /** The site's backends, and those that were removed and still own groups. */
    Set<BackendId> ofLeader(long now) {
        if (now >= ownersAt) {
            ownersAt = now + OWNERS_AGAIN;
            Set<BackendId> found = new HashSet<>();
            topology.groups().forEach(row -> {
                found.add(row.backend());
                row.move().map(GroupMove::dest).ifPresent(found::add);
            });
            owners = found;
        }
        Set<BackendId> all = new HashSet<>(owners);
        topology.backends().forEach(backend -> all.add(backend.id()));
        return all;
    }

    /** @param leader the node that sees to the failovers */
    Set<BackendId> ofCandidate(Optional<String> leader) {
        Set<BackendId> all = new HashSet<>();
        topology.backends().forEach(backend -> all.add(backend.id()));
        if (all.size() <= SMALL_SITE) {
            return all;
        }
        return leader.flatMap(name -> new VoterId(name).backend())
                .flatMap(topology::backend)
                .map(Backend::id)
                .map(Set::of)
                .orElseGet(Set::of);
    }
}
