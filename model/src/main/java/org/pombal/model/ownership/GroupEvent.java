package org.pombal.model.ownership;

import java.util.Optional;
import java.util.Set;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/**
 * What a backend learns about one of the site's groups. Each request is answered by exactly one event; it
 * names the move that it was asked for, since an answer may be so late that the next one is under way.
 */
public sealed interface GroupEvent {

    /** Time has passed. */
    record Tick() implements GroupEvent {}

    /** This backend holds that incarnation of its lease now. {@code resumed}: an earlier process acquired it. */
    record LeaseHeld(long incarnation, boolean resumed) implements GroupEvent {}

    record LeaseLost() implements GroupEvent {}

    /** The group's row may have changed, or somebody wants in. */
    record Look() implements GroupEvent {}

    /** The row, read at the serial level. */
    record RowRead(Optional<UserGroup> row) implements GroupEvent {}

    record RowReadFailed() implements GroupEvent {}

    /** What was to be written stands. */
    record RowWritten(UserGroup row) implements GroupEvent {}

    /** What was to be written does not stand, and never will. */
    record RowLost(Optional<UserGroup> current) implements GroupEvent {}

    /** It is not known; it may still be applied later. */
    record RowUnknown() implements GroupEvent {}

    record DestinationLease(MoveId move, Optional<Lease> lease) implements GroupEvent {}

    record DestinationLeaseFailed(MoveId move) implements GroupEvent {}

    /** It is proven that this incarnation of a backend is over. */
    record Over(BackendId backend, long incarnation) implements GroupEvent {}

    record RemainingWritten(MoveId move, boolean succeeded) implements GroupEvent {}

    record ProgressRead(MoveId move, Set<UserKey> remaining, Set<UserKey> done) implements GroupEvent {}

    record ProgressFailed(MoveId move) implements GroupEvent {}

    /** The move's rows about one user, read after the group's row. */
    record UserProgress(MoveId move, UserKey user, boolean remaining, boolean done) implements GroupEvent {}

    record UserProgressFailed(MoveId move, UserKey user) implements GroupEvent {}

    /** The number of the user's sessions or pending logins has changed. */
    record SessionsChanged() implements GroupEvent {}

    record Flushed(MoveId move, UserKey user, boolean succeeded) implements GroupEvent {}

    record DoneWritten(MoveId move, UserKey user, boolean succeeded) implements GroupEvent {}

    /** A user of the group wants in, here or at the destination. */
    record Arrived(UserKey user) implements GroupEvent {}

    /** The group should move. */
    record MoveAsked(GroupMove move) implements GroupEvent {}

    record WithdrawAsked() implements GroupEvent {}

    /** The row of a user who leaves, read at the serial level. */
    record UserRead(MoveId move, UserKey user, Optional<User> row) implements GroupEvent {}

    /** The change of the row of a user who leaves has been settled. */
    record UserWritten(MoveId move, UserKey user) implements GroupEvent {}

    /** It has not been settled, or could not be read. */
    record UserFailed(MoveId move, UserKey user) implements GroupEvent {}
}
