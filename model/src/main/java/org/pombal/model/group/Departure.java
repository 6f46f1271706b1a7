package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a group's owner has to do with one of its users: end the sessions, then write the user's new place, or retire the user.
 *
 * @param target the group the user goes to; empty if the user is deleted
 * @param failover the group on another site that the user gets with the target, if any
 */
public record Departure(MoveId id, Optional<GroupId> target, Optional<GroupId> failover) {

    public Departure {
        requireNonNull(id, "id is null");
        requireNonNull(target, "target is null");
        requireNonNull(failover, "failover is null");
    }

    public static Departure to(MoveId id, GroupId target, Optional<GroupId> failover) {
        return new Departure(id, Optional.of(target), failover);
    }

    public static Departure deletion(MoveId id) {
        return new Departure(id, Optional.empty(), Optional.empty());
    }

    public boolean isDeletion() {
        return target.isEmpty();
    }

    /** Whether it leads to the same, whatever its id. */
    public boolean isSameAs(Departure other) {
        return target.equals(other.target) && failover.equals(other.failover);
    }
}
