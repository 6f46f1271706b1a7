package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/**
 * A user's move, or deletion, that was asked for.
 *
 * @param from the group the user leaves, as SITE/GROUP
 * @param to the new group, as SITE/GROUP; empty if the user is deleted
 * @param id empty if there was nothing to hand over
 * @param finished whether it is done already, because no backend serves the group
 */
public record StartedUserMove(UserKey user, String from, Optional<String> to, Optional<MoveId> id, boolean finished) {

    public StartedUserMove {
        requireNonNull(user, "user is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(id, "id is null");
    }
}
