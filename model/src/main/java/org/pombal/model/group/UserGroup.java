package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pombal.model.backend.BackendId;
import org.pombal.model.user.UserKey;

/**
 * The users that one backend serves together, as GeoDB's row says it. Whoever may do which step of a move, and when, is decided
 * elsewhere (decision 0010); {@link GroupSteps} has the row after each step.
 *
 * @param owner who serves its users
 * @param failover the backend that was chosen beforehand to take over, if there was a second one
 * @param move the move under way, if there is one
 * @param leaving users that are on their way out of the group, or to deletion, at most {@value #MAX_LEAVING}
 * @param epoch grows by one with every change of the row, never falls
 * @param stickyBackend never moved automatically to another backend
 * @param stickyUsers its users are never moved automatically to another group
 */
public record UserGroup(
        GroupId id,
        GroupOwner owner,
        Optional<BackendId> failover,
        Optional<GroupMove> move,
        SortedMap<UserKey, Departure> leaving,
        long epoch,
        boolean stickyBackend,
        boolean stickyUsers) {

    /** A row is read and written whole, so what it can hold is limited. */
    public static final int MAX_LEAVING = 1000;

    public UserGroup {
        requireNonNull(id, "id is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(failover, "failover is null");
        requireNonNull(move, "move is null");
        leaving = Collections.unmodifiableSortedMap(new TreeMap<>(leaving));
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs start at 1, not " + epoch);
        }
        if (leaving.size() > MAX_LEAVING) {
            throw new IllegalArgumentException(
                    leaving.size() + " users are leaving group " + id + ", at most " + MAX_LEAVING + " may at once");
        }
    }

    /** A group at rest. */
    public static UserGroup atRest(
            GroupId id,
            GroupOwner owner,
            Optional<BackendId> failover,
            long epoch,
            boolean stickyBackend,
            boolean stickyUsers) {
        return new UserGroup(
                id, owner, failover, Optional.empty(), Collections.emptySortedMap(), epoch, stickyBackend, stickyUsers);
    }

    /** A group as it is first placed: its backend has not claimed it yet. */
    public static UserGroup placed(GroupId id, BackendId backend, Optional<BackendId> failover) {
        return atRest(id, GroupOwner.unclaimed(backend), failover, 1, false, false);
    }

    /** The backend that owns the group, claimed or not. */
    public BackendId backend() {
        return owner.backend();
    }

    public boolean isMoving() {
        return move.isPresent();
    }

    public boolean isInHandover() {
        return move.filter(GroupMove::isHandover).isPresent();
    }

    /** The destination while the group moves, else the failover backend: {@code alt_backend_id} of commands and API. */
    public Optional<BackendId> alternative() {
        return move.map(GroupMove::dest).or(() -> failover);
    }

    /**
     * Who may have sessions of its users while the row stands like this and their incarnations last: the owner, once it has claimed
     * the group, and in a hand-over the destination too.
     */
    public List<GroupOwner> servers() {
        return Stream.concat(
                        Stream.of(owner).filter(GroupOwner::isClaimed),
                        move.filter(GroupMove::isHandover).map(GroupMove::destOwner).stream())
                .toList();
    }

    /** Whether the group is owned by this backend under this incarnation. */
    public boolean isOwnedBy(BackendId backend, long incarnation) {
        return owner.isClaimed() && owner.equals(new GroupOwner(backend, incarnation));
    }
}
