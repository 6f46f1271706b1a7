package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/**
 * Counts those who had a session when their group began to move, and tells the history of each user who moves. Users without a session
 * go at once, unseen. Confined to the loop.
 */
final class MoveTally {

    private final MoveHistory history;
    private final Set<UserKey> remaining = new HashSet<>();
    private final Set<UserKey> moved = new HashSet<>();
    private final Set<UserKey> underWay = new HashSet<>();
    private final Set<UserKey> gone = new HashSet<>();
    private Optional<MoveId> move = Optional.empty();

    MoveTally(MoveHistory history) {
        this.history = requireNonNull(history, "history is null");
    }

    /** The row is otherwise than it was. */
    void changed(Optional<UserGroup> before, UserGroup after) {
        history.changed(before, after, new MoveHistory.Users(moved.size(), remaining.size() - moved.size()));
        before.ifPresent(row -> settle(row, after));
        if (!after.move().map(GroupMove::id).equals(move)) {
            remaining.clear();
            moved.clear();
            move = after.move().map(GroupMove::id);
        }
    }

    /** Those who were under way are told as they end, unless they are gone already. */
    private void settle(UserGroup before, UserGroup after) {
        underWay.removeIf(user -> {
            if (after.isInHandover() || after.leaving().containsKey(user)) {
                return false;
            }
            if (!gone.remove(user)) {
                history.remains(
                        before,
                        after,
                        user,
                        Optional.ofNullable(before.leaving().get(user)));
            }
            return true;
        });
    }

    /** The keeper wants this done now. */
    void wanted(GroupAction action, Optional<UserGroup> row) {
        if (action instanceof GroupAction.WriteRemaining write) {
            remaining.addAll(write.users());
        } else if (action instanceof GroupAction.EndSessions end) {
            row.ifPresent(group -> begins(group, end.user()));
        } else if (action instanceof GroupAction.Flush flush) {
            row.ifPresent(group -> begins(group, flush.user()));
        } else if (action instanceof GroupAction.WriteDone write) {
            row.ifPresent(group -> begins(group, write.user()));
        }
    }

    private void begins(UserGroup group, UserKey user) {
        Optional<Departure> departure = Optional.ofNullable(group.leaving().get(user));
        if ((departure.isPresent() || group.isInHandover()) && underWay.add(user)) {
            history.begins(group, user, departure);
        }
    }

    /** This is known now. */
    void happened(GroupEvent event, Optional<UserGroup> row) {
        if (event instanceof GroupEvent.ProgressRead read) {
            remaining.addAll(read.remaining());
            moved.addAll(read.done());
        } else if (event instanceof GroupEvent.DoneWritten written && written.succeeded()) {
            if (moved.add(written.user())) {
                gone.add(written.user());
                row.ifPresent(group -> history.moved(group, written.user()));
            }
        }
    }

    /** The user's row is written: the user has left the group, or is deleted. */
    void left(UserGroup group, User user, Departure departure) {
        begins(group, user.key());
        gone.add(user.key());
        history.left(user, departure);
    }
}
