package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

/**
 * Tells by their leases whom backends may be serving.
 *
 * <p>A group that is not in service by its row does not come into service before that row is changed: a backend has to claim it first.
 * So who then writes the row by compare-and-set on its epoch ends nobody's session and begins none beside it.
 */
final class Service {

    private static final int AT_ONCE = 16;

    private final Cluster cluster;

    Service(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /** Those of the groups that may have sessions now. */
    CompletionStage<List<UserGroup>> among(Collection<UserGroup> groups) {
        List<BackendId> backends = groups.stream()
                .flatMap(group -> group.servers().stream())
                .map(GroupOwner::backend)
                .distinct()
                .toList();
        return leases(backends).thenApply(leases -> groups.stream()
                .filter(group -> group.servers().stream().anyMatch(server -> mayServe(server, leases)))
                .toList());
    }

    /** The leases that there are of these backends, as they stand. */
    CompletionStage<Map<BackendId, Lease>> leases(Collection<BackendId> backends) {
        Map<BackendId, Lease> leases = new ConcurrentHashMap<>();
        return Many.each(List.copyOf(backends), AT_ONCE, backend -> cluster.geoDb()
                        .leases()
                        .find(new LeaseId.OfBackend(backend), ReadLevel.SERIAL)
                        .thenAccept(found -> found.ifPresent(lease -> leases.put(backend, lease))))
                .thenApply(done -> leases);
    }

    /** A claim without a lease is nothing that can be; it is taken for somebody who serves. */
    private boolean mayServe(GroupOwner server, Map<BackendId, Lease> leases) {
        return Optional.ofNullable(leases.get(server.backend()))
                .filter(lease -> lease.isOver(server.incarnation(), cluster.takeover()))
                .isEmpty();
    }
}
