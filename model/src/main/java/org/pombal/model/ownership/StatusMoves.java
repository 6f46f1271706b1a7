package org.pombal.model.ownership;

import java.time.Instant;
import java.util.Optional;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;

/**
 * What the next login of a group's user does when the owner takes no new sessions (offline or standby): it starts a lazy move. Users
 * without a session go at once, the others when they log in again or leave.
 */
public final class StatusMoves {

    private StatusMoves() {}

    /**
     * @param id for the move, should there be one
     * @param now for people, by the wall clock
     */
    public static Optional<GroupMove> atLogin(
            UserGroup row, BackendStatus ownStatus, FailoverChoice choice, MoveId id, Instant now) {
        if (ownStatus == BackendStatus.ONLINE || row.isMoving()) {
            return Optional.empty();
        }
        return choice.target(row)
                .filter(target -> !target.equals(row.backend()))
                .map(target -> GroupMove.proposed(id, target, true, "backend is " + ownStatus, now));
    }
}
