package org.pombal.model.placement;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;

/**
 * The backend of a new group: weighted rendezvous hashing over the backends that take new groups, weighted by load
 * factor. The runner-up becomes the failover backend.
 *
 * <p>Each backend scores {@code -w / ln(h)}, where {@code w} is its load factor and {@code h} the hash of group and
 * backend mapped to (0, 1); the highest score wins. A backend then gets a share {@code w / sum(w)} of the groups, and
 * when one is added or removed only its own share changes (Schindelhauer and Schomaker: Weighted Distributed Hash Tables,
 * SPAA 2005). {@code StrictMath} makes the result the same on every JVM.
 */
public final class BackendPlacement {

    private BackendPlacement() {}

    /** Places a group on one of the {@code backends} of its site; those that take no new groups are passed over. */
    public static Placement place(GroupId group, Collection<Backend> backends) {
        long groupHash = StableHash.of(group.site() + "/" + group.name());
        List<Backend> ranked = backends.stream()
                .filter(Backend::takesNewGroups)
                .sorted(Comparator.<Backend>comparingDouble(backend -> -score(groupHash, backend))
                        .thenComparing(Backend::id))
                .limit(2)
                .toList();
        if (ranked.isEmpty()) {
            return new Placement.Nowhere(group, backends.size());
        }
        Optional<Backend> runnerUp = ranked.stream().skip(1).findFirst();
        return new Placement.Placed(group, ranked.get(0), runnerUp);
    }

    private static double score(long groupHash, Backend backend) {
        long hash = StableHash.combine(groupHash, StableHash.of(backend.id().toString()));
        return -backend.loadFactor().percent() / StrictMath.log(StableHash.toUnitInterval(hash));
    }
}
