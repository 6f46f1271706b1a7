package org.pombal.model.ownership;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.BackendPlacement;
import org.pombal.model.placement.Placement;

/**
 * Where a group goes whose backend is gone: to the backend that was chosen for it beforehand, if that is up, else by load factor among
 * those that are. Since each group has its own failover backend, the groups of one that dies spread over all.
 *
 * @param backends the site's backends
 * @param isUp whether somebody holds the backend's lease
 * @param isSteady whether it has held it for so long that it may be given groups; one that has just come back, and may go again, gets
 *     none as long as there is another
 */
public record FailoverChoice(Collection<Backend> backends, Predicate<BackendId> isUp, Predicate<BackendId> isSteady) {

    /** The backend to take the group; empty if none is up. */
    public Optional<BackendId> target(UserGroup row) {
        Optional<BackendId> chosen = row.failover().filter(id -> isUsable(id, isSteady) && !id.equals(row.backend()));
        return chosen.or(() -> best(row, isSteady)).or(() -> best(row, id -> true));
    }

    /** The failover backend of a group that {@code owner} is going to own. */
    public Optional<BackendId> failover(UserGroup row, BackendId owner) {
        return place(row, backend -> !backend.id().equals(owner) && isUsable(backend, isSteady));
    }

    private boolean isUsable(BackendId id, Predicate<BackendId> steady) {
        return backends.stream().anyMatch(backend -> backend.id().equals(id) && isUsable(backend, steady));
    }

    private boolean isUsable(Backend backend, Predicate<BackendId> steady) {
        return backend.takesNewGroups() && isUp.test(backend.id()) && steady.test(backend.id());
    }

    private Optional<BackendId> best(UserGroup row, Predicate<BackendId> steady) {
        return place(row, backend -> isUsable(backend, steady));
    }

    private Optional<BackendId> place(UserGroup row, Predicate<Backend> allowed) {
        Placement placement = BackendPlacement.place(
                row.id(), backends.stream().filter(allowed).toList());
        return placement instanceof Placement.Placed placed
                ? Optional.of(placed.backend().id())
                : Optional.empty();
    }
}
