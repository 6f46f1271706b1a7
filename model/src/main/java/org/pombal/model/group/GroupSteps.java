package org.pombal.model.group;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pombal.model.backend.BackendId;
import org.pombal.model.user.UserKey;

/**
 * A group's row after each step that decision 0010 knows. Each makes the epoch one greater, so that it can be written by
 * compare-and-set on the epoch it was decided on. A step that the row does not allow throws {@link IllegalStateException}; what the
 * row cannot know (leases, sessions) is for the caller to know.
 */
public final class GroupSteps {

    private GroupSteps() {}

    /** The backend that owns the group takes it under a later incarnation of its lease. */
    public static UserGroup claimed(UserGroup group, long incarnation) {
        require(!group.isInHandover(), group, "it is in hand-over");
        require(
                incarnation > group.owner().incarnation(),
                group,
                "it is claimed by incarnation " + group.owner().incarnation() + ", not before " + incarnation);
        return next(
                group, new GroupOwner(group.backend(), incarnation), group.failover(), group.move(), group.leaving());
    }

    /**
     * Nothing but the epoch changes: what an owner's restarted process does before it serves, so that nothing its predecessor issued
     * can be applied any more.
     */
    public static UserGroup confirmed(UserGroup group) {

        return withMove(group, group.move());
    }

    public static UserGroup proposed(UserGroup group, GroupMove move) {
        require(!group.isMoving(), group, "it moves already");
        require(move.phase() == MovePhase.PROPOSED, group, "a move begins by being proposed");
        require(!move.dest().equals(group.backend()), group, "it is there already");
        return withMove(group, Optional.of(move));
    }

    public static UserGroup withdrawn(UserGroup group) {
        require(group.isMoving() && !group.isInHandover(), group, "no move is proposed");
        return withMove(group, Optional.empty());
    }

    /** @param destIncarnation of the lease that the destination holds */
    public static UserGroup handedOver(UserGroup group, long destIncarnation) {
        require(group.isMoving() && !group.isInHandover(), group, "no move is proposed");
        return withMove(group, group.move().map(move -> move.inHandoverTo(destIncarnation)));
    }

    /** The destination goes on with a hand-over under a later incarnation. */
    public static UserGroup accepted(UserGroup group, long destIncarnation) {
        GroupMove move = handover(group);
        require(destIncarnation > move.destIncarnation(), group, "the destination's incarnation is later already");
        return withMove(group, Optional.of(move.inHandoverTo(destIncarnation)));
    }

    /**
     * The hand-over is finished: the destination owns the group. Also how a group in hand-over is taken over from an owner that is gone.
     *
     * @param failover for the new owner
     */
    public static UserGroup committed(UserGroup group, Optional<BackendId> failover) {
        return next(group, handover(group).destOwner(), failover, Optional.empty(), group.leaving());
    }

    /** The destination is gone, so the owner serves all again. */
    public static UserGroup takenBack(UserGroup group) {
        handover(group);
        return withMove(group, Optional.empty());
    }

    /** The owner, and in a hand-over the destination too, is gone: another backend may claim the group. */
    public static UserGroup takenOver(UserGroup group, BackendId by, Optional<BackendId> failover) {
        return next(group, GroupOwner.unclaimed(by), failover, Optional.empty(), group.leaving());
    }

    /** A user is to leave, or to be deleted. */
    public static UserGroup registered(UserGroup group, UserKey user, Departure departure) {
        require(!group.isMoving(), group, "it moves");
        SortedMap<UserKey, Departure> leaving = new TreeMap<>(group.leaving());
        require(leaving.putIfAbsent(user, departure) == null, group, "user " + user + " is leaving it already");
        return next(group, group.owner(), group.failover(), group.move(), leaving);
    }

    /** A departure is taken back; the user leaves the row when that is carried out. */
    public static UserGroup staying(UserGroup group, UserKey user, Departure stay) {
        require(!group.isMoving(), group, "it moves");
        require(stay.isStayIn(group.id()), group, "user " + user + " is to go elsewhere");
        SortedMap<UserKey, Departure> leaving = new TreeMap<>(group.leaving());
        require(leaving.put(user, stay) != null, group, "user " + user + " is not leaving it");
        return next(group, group.owner(), group.failover(), group.move(), leaving);
    }

    /** The user has left, is deleted, or stays. */
    public static UserGroup departed(UserGroup group, UserKey user) {
        SortedMap<UserKey, Departure> leaving = new TreeMap<>(group.leaving());
        require(leaving.remove(user) != null, group, "user " + user + " is not leaving it");
        return next(group, group.owner(), group.failover(), group.move(), leaving);
    }

    public static UserGroup withFailover(UserGroup group, Optional<BackendId> failover) {
        return next(group, group.owner(), failover, group.move(), group.leaving());
    }

    public static UserGroup withSticky(UserGroup group, boolean stickyBackend, boolean stickyUsers) {
        return new UserGroup(
                group.id(),
                group.owner(),
                group.failover(),
                group.move(),
                group.leaving(),
                group.epoch() + 1,
                stickyBackend,
                stickyUsers);
    }

    /** The row of a group that is taken out; nothing else of it changes. */
    public static UserGroup retired(UserGroup group) {
        return next(group, group.owner(), group.failover(), group.move(), group.leaving());
    }

    /**
     * The row of a group that comes back.
     *
     * @param wanted the group as it is to be
     * @param lastEpoch of its retired row
     */
    public static UserGroup revived(UserGroup wanted, long lastEpoch) {
        return new UserGroup(
                wanted.id(),
                wanted.owner(),
                wanted.failover(),
                wanted.move(),
                wanted.leaving(),
                lastEpoch + 1,
                wanted.stickyBackend(),
                wanted.stickyUsers());
    }

    private static GroupMove handover(UserGroup group) {
        require(group.isInHandover(), group, "it is not in hand-over");
        return group.move().orElseThrow();
    }

    private static UserGroup withMove(UserGroup group, Optional<GroupMove> move) {
        return next(group, group.owner(), group.failover(), move, group.leaving());
    }

    private static UserGroup next(
            UserGroup group,
            GroupOwner owner,
            Optional<BackendId> failover,
            Optional<GroupMove> move,
            SortedMap<UserKey, Departure> leaving) {
        return new UserGroup(
                group.id(),
                owner,
                failover,
                move,
                Collections.unmodifiableSortedMap(leaving),
                group.epoch() + 1,
                group.stickyBackend(),
                group.stickyUsers());
    }

    private static void require(boolean allowed, UserGroup group, String why) {
        if (!allowed) {
            throw new IllegalStateException("group " + group.id() + " (epoch " + group.epoch() + "): " + why);
        }
    }
}
