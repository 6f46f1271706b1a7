package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a group's owner has to do with one of its users: end the sessions, then write the user's new place, or retire the user. One that
 * leads to the group itself takes another back: the user stays, and the row is written as it is, so that no change of it that was
 * issued before can come late.
 *
 * @param target the group the user goes to; empty if the user is deleted
 * @param failover the group on another site that the user gets with the target, if any
 * @param asked who asked for it, and when; empty if that is not known
 */
public record Departure(MoveId id, Optional<GroupId> target, Optional<GroupId> failover, Optional<Asked> asked) {

    /**
     * Where a departure comes from.
     *
     * @param by who or what asked for it
     * @param at to the millisecond, which is what GeoDB keeps
     */
    public record Asked(String by, Instant at) {

        public Asked {
            requireNonNull(by, "by is null");
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    public Departure {
        requireNonNull(id, "id is null");
        requireNonNull(target, "target is null");
        requireNonNull(failover, "failover is null");
        requireNonNull(asked, "asked is null");
    }

    public static Departure to(MoveId id, GroupId target, Optional<GroupId> failover) {
        return new Departure(id, Optional.of(target), failover, Optional.empty());
    }

    public static Departure deletion(MoveId id) {
        return new Departure(id, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Takes back the departure of a user of this group. */
    public static Departure stay(MoveId id, GroupId group) {
        return to(id, group, Optional.empty());
    }

    /** The same, asked for by this operator or automatism. */
    public Departure asked(String by, Instant at) {
        return new Departure(id, target, failover, Optional.of(new Asked(by, at)));
    }

    public boolean isDeletion() {
        return target.isEmpty();
    }

    /** Whether it takes back that a user leaves this group. */
    public boolean isStayIn(GroupId group) {
        return target.equals(Optional.of(group));
    }

    /** Whether it leads to the same, whatever its id. */
    public boolean isSameAs(Departure other) {
        return target.equals(other.target) && failover.equals(other.failover);
    }
}
