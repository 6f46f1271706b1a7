package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;

/**
 * A move of a group that was asked for.
 *
 * @param from host name of the backend that the group leaves; its id if it is gone
 * @param to host name of the destination
 * @param id of the move; empty if it is only planned, or was only written down
 */
public record StartedMove(String siteName, UserGroup group, String from, String to, Optional<MoveId> id) {

    public StartedMove {
        requireNonNull(siteName, "siteName is null");
        requireNonNull(group, "group is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(id, "id is null");
    }
}
