package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/**
 * A user on the way out of a group, as it is shown.
 *
 * @param siteName of the group
 * @param group that the user leaves
 * @param backend of the group
 * @param targetSiteName where the user goes; empty who is deleted, or stays after all
 */
public record UserMoveView(
        UserKey user,
        String siteName,
        UserGroup group,
        String backend,
        Departure departure,
        Optional<String> targetSiteName) {

    /** What is to become of the user. */
    public enum Kind {
        MOVE,
        DELETION,
        /** That the user leaves was taken back. */
        WITHDRAWAL
    }

    /** How far that is. */
    public enum Step {
        /** The group is handed over to another backend first. */
        GROUP_FIRST,
        /** No backend has claimed the group, so nobody does it. */
        UNCLAIMED,
        /** The group's backend ends the sessions, then writes the user's row. */
        LEAVING,
        /** The group's backend makes sure that the user stays. */
        STAYING
    }

    public UserMoveView {
        requireNonNull(user, "user is null");
        requireNonNull(siteName, "siteName is null");
        requireNonNull(group, "group is null");
        requireNonNull(backend, "backend is null");
        requireNonNull(departure, "departure is null");
        requireNonNull(targetSiteName, "targetSiteName is null");
    }

    public Kind kind() {
        if (departure.isStayIn(group.id())) {
            return Kind.WITHDRAWAL;
        }
        return departure.isDeletion() ? Kind.DELETION : Kind.MOVE;
    }

    public Step step() {
        if (group.isInHandover()) {
            return Step.GROUP_FIRST;
        }
        if (!group.owner().isClaimed()) {
            return Step.UNCLAIMED;
        }
        return kind() == Kind.WITHDRAWAL ? Step.STAYING : Step.LEAVING;
    }

    /** Where the user goes; empty who is deleted, or stays after all. */
    public Optional<GroupId> target() {
        return departure.target().filter(id -> kind() == Kind.MOVE);
    }

    /** What it waits for, in a sentence. */
    public String waitsFor() {
        return switch (step()) {
            case GROUP_FIRST ->
                "group " + group.id().name() + " is being handed over to another backend, which goes first";
            case UNCLAIMED ->
                "backend " + backend + " has not claimed group " + group.id().name()
                        + "; it carries this out when it does, and so does asking for the same again";
            case LEAVING ->
                "backend " + backend + " holds the user's logins, sees the sessions ended and flushed, then writes the"
                        + " user's row";
            case STAYING -> "backend " + backend + " writes the user's row as it is, then lets the user in again";
        };
    }
}
