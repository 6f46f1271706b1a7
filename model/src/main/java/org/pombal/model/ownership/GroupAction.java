package org.pombal.model.ownership;

import java.util.Set;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/** What a backend wants done about one of the site's groups. */
public sealed interface GroupAction {

    /** Read the row at the serial level; answered by {@link GroupEvent.RowRead} or {@link GroupEvent.RowReadFailed}. */
    record ReadRow() implements GroupAction {}

    /** Compare-and-set on the epoch; answered by {@link GroupEvent.RowWritten}, RowLost or RowUnknown. */
    record WriteRow(UserGroup next) implements GroupAction {}

    /** Read the lease of the destination; answered by {@link GroupEvent.DestinationLease} or DestinationLeaseFailed. */
    record ReadLease(MoveId move, BackendId backend) implements GroupAction {}

    /** Watch the backend's lease until this incarnation is proven to be over, then say {@link GroupEvent.Over}. */
    record ProveOver(BackendId backend, long incarnation) implements GroupAction {}

    /** Answered by {@link GroupEvent.RemainingWritten} when all rows are known to be written. */
    record WriteRemaining(MoveId move, Set<UserKey> users) implements GroupAction {}

    /** Answered by {@link GroupEvent.ProgressRead}. */
    record ReadProgress(MoveId move) implements GroupAction {}

    /** Answered by {@link GroupEvent.UserProgress}. */
    record ReadUserProgress(MoveId move, UserKey user) implements GroupAction {}

    /** Answered by {@link GroupEvent.DoneWritten}. */
    record WriteDone(MoveId move, UserKey user) implements GroupAction {}

    /** The move has ended; its rows may go. Not answered. */
    record DeleteProgress(MoveId move) implements GroupAction {}

    /** Logins of the group that are not sessions yet may not become any, unless {@link GroupKeeper#judge} says so then. */
    record RevokePending() implements GroupAction {}

    record EndSessions(UserKey user, Urgency urgency) implements GroupAction {}

    /** End the processes of which the user is not known. */
    record EndOlderProcesses() implements GroupAction {}

    /** Run the flush hook; answered by {@link GroupEvent.Flushed}. */
    record Flush(MoveId move, UserKey user) implements GroupAction {}

    /** Answered by {@link GroupEvent.UserRead} or UserFailed. */
    record ReadUser(MoveId move, UserKey user) implements GroupAction {}

    /**
     * Give the user another home, or retire the user, by compare-and-set on the version of {@code row}; answered by
     * {@link GroupEvent.UserWritten} when the row is settled, whoever wrote it, else by UserFailed.
     */
    record WriteUser(User row, Departure departure) implements GroupAction {}
}
