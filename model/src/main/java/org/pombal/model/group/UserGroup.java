package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.backend.BackendId;

/**
 * The users that one backend serves together.
 *
 * @param backend the owner
 * @param failover the backend that was chosen beforehand to take over, if there was a second one
 * @param epoch grows with each change of ownership, never falls
 * @param stickyBackend never moved automatically to another backend
 * @param stickyUsers its users are never moved automatically to another group
 */
public record UserGroup(
        GroupId id,
        BackendId backend,
        Optional<BackendId> failover,
        long epoch,
        boolean stickyBackend,
        boolean stickyUsers) {

    public UserGroup {
        requireNonNull(id, "id is null");
        requireNonNull(backend, "backend is null");
        requireNonNull(failover, "failover is null");
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs start at 1, not " + epoch);
        }
    }

    /** A group as it is first placed. */
    public static UserGroup placed(GroupId id, BackendId backend, Optional<BackendId> failover) {
        return new UserGroup(id, backend, failover, 1, false, false);
    }
}
