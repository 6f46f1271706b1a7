package org.pombal.model.ownership;

import java.util.Set;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/**
 * The judgements on which the safety of ownership and moves rests; see {@link org.pombal.model.lease.LeaseRules}.
 */
public interface HandOverRules {

    /** The protocol as it is. */
    HandOverRules PROTOCOL = new HandOverRules() {};

    /** Whether the row makes this backend the one that serves. */
    default boolean owns(UserGroup row, BackendId self, long incarnation) {
        return row.isOwnedBy(self, incarnation);
    }

    /**
     * Who remains at the source.
     *
     * @param nowThatTheGateIsClosed those with a session
     * @param whenTheMoveWasSeen those with a session before the gate was closed
     */
    default Set<UserKey> remaining(Set<UserKey> nowThatTheGateIsClosed, Set<UserKey> whenTheMoveWasSeen) {
        return nowThatTheGateIsClosed;
    }

    /**
     * Whether a user's sessions have ended.
     *
     * @param left whether one is counted
     * @param sinceKick nanoseconds since they were asked to end
     */
    default boolean haveEnded(boolean left, long sinceKick) {
        return !left;
    }

    /** Whether the owner may let the destination have all. */
    default boolean mayCommit(boolean allDone, boolean sessionLeft) {
        return allDone && !sessionLeft;
    }

    /** Whether the owner may serve all again, though it has handed over. */
    default boolean mayTakeBack(boolean destinationIsOver) {
        return destinationIsOver;
    }

    /**
     * Whether nobody has left the group by the change from one row to the next that was seen: whoever leaves is named by a row before,
     * and by none after.
     */
    default boolean nobodyLeft(UserGroup before, UserGroup next) {
        return next.epoch() == before.epoch() + 1
                && before.leaving().isEmpty()
                && next.leaving().isEmpty();
    }

    /**
     * Whether what is remembered of a user's home still counts.
     *
     * @param nobodyLeftSince the epoch of the earliest row from which on {@link #nobodyLeft} held of each change
     */
    default boolean homeStands(long epochBeforeItWasRead, long nobodyLeftSince, long epochNow) {
        return epochBeforeItWasRead >= nobodyLeftSince && epochBeforeItWasRead <= epochNow;
    }

    /** Whether the owner of a group at rest has to be gone before another takes it: the proof that its incarnation is over. */
    default boolean mayTakeOver(boolean ownerIsOver, boolean ownerIsSilent) {
        return ownerIsOver;
    }

    /** Whether a group in hand-over whose owner is gone may go to a third backend. */
    default boolean mayTakeElsewhere(boolean destinationIsOver) {
        return destinationIsOver;
    }

    /** Whether a command may end a user's stay in a group by itself, instead of leaving that to the group's owner. */
    default boolean mayCarryOut(boolean isClaimed) {
        return !isClaimed;
    }

    /**
     * Whether the owner reads the group's row again between reading the row of a user who leaves and writing it. One that is the owner no
     * more, and does not know it yet, could read what others wrote when the departure was over, and carry it out a second time.
     */
    default boolean confirmsDepartures() {
        return true;
    }

    /**
     * Whether the row of a user who is to stay after all is written anew before the user counts as staying: the change by which the user
     * was to leave may have been issued and be yet to be applied.
     */
    default boolean writesWhoStays() {
        return true;
    }

    /**
     * Whether an owner's restarted process must make the row one epoch older before it serves a group whose move is proposed, or that
     * users are leaving: its predecessor may have issued a hand-over, or the removal of a user who has left, that is yet to be applied.
     */
    default boolean confirmsAfterRestart() {
        return true;
    }

    /**
     * Whether a remaining user may come in, as judged by an owner's restarted process: its predecessor may have issued a "done" that is
     * yet to be applied, but not for one whose session has been counted all along.
     */
    default boolean staysAfterRestart(boolean hasCountedSession) {
        return hasCountedSession;
    }
}
