package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/**
 * Decides what a command about a user who is to leave a group does next (decisions 0010, "Move and deletion of a user", and 0014). The
 * command writes the departure into the group's row. The rest is the owner's, who alone can end sessions; but where nobody has claimed
 * the group nobody serves it, and the command does the rest itself. A backend that claims the group in the meantime finds the departure
 * in the row, and serves nobody who is in it before it has carried it out, too; then one of the two finds it done.
 */
public final class DepartureCommand {

    /** What to do next. */
    public sealed interface Step {

        /** Write this row of the group by compare-and-set on its epoch, and ask again with what stands then. */
        record Register(UserGroup next) implements Step {}

        /** The owner of the group does the rest. */
        record LeaveToOwner(Departure departure) implements Step {}

        /**
         * Write {@link User#after} by compare-and-set on the version that was read <em>before</em> the group's row. A later one may be
         * of a user who has left, has come back, and is served. When it is carried out, {@link #forget} says what is left.
         */
        record CarryOut(Departure departure) implements Step {}

        /** Nothing was written, and nothing is to be. */
        record Refuse(Obstacle why) implements Step {}
    }

    /** Why a user cannot leave now. */
    public enum Obstacle {
        /** The user is leaving for another group already, or is being deleted. */
        LEAVES_OTHERWISE,
        /** There is nothing to take back: nobody asked for it, or it is done. */
        DOES_NOT_LEAVE,
        GROUP_MOVES,
        TOO_MANY_LEAVE
    }

    private final HandOverRules rules;

    public DepartureCommand(HandOverRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
    }

    /**
     * @param row of the group that the user's row named, as it was read afterwards at the serial level, or as it was written
     * @param wanted what stands in the row already counts instead, if it is the same but for the id
     */
    public Step next(UserGroup row, UserKey user, Departure wanted) {
        Departure standing = row.leaving().get(user);
        if (standing != null) {
            return standing.isSameAs(wanted) ? goOn(row, standing) : new Step.Refuse(Obstacle.LEAVES_OTHERWISE);
        }
        if (row.isMoving()) {
            return new Step.Refuse(Obstacle.GROUP_MOVES);
        }
        return row.leaving().size() >= UserGroup.MAX_LEAVING
                ? new Step.Refuse(Obstacle.TOO_MANY_LEAVE)
                : new Step.Register(GroupSteps.registered(row, user, wanted));
    }

    /**
     * What a command does that takes a departure back. Its entry is not just removed, since the change of the user's row may have been
     * issued and come late: another takes its place, which is carried out as it would have been (decision 0027).
     *
     * @param row as for {@link #next}
     */
    public Step withdraw(UserGroup row, UserKey user, Departure stay) {
        Departure standing = row.leaving().get(user);
        if (standing == null) {
            return new Step.Refuse(Obstacle.DOES_NOT_LEAVE);
        }
        if (standing.isStayIn(row.id())) {
            return goOn(row, standing);
        }
        return row.isMoving()
                ? new Step.Refuse(Obstacle.GROUP_MOVES)
                : new Step.Register(GroupSteps.staying(row, user, stay));
    }

    private Step goOn(UserGroup row, Departure standing) {
        return rules.mayCarryOut(row.owner().isClaimed())
                ? new Step.CarryOut(standing)
                : new Step.LeaveToOwner(standing);
    }

    /**
     * The group's row without a departure that has been carried out; empty if somebody has taken it out.
     *
     * @param row as it stands now
     */
    public static Optional<UserGroup> forget(UserGroup row, UserKey user, Departure departure) {
        return Optional.ofNullable(row.leaving().get(user))
                .filter(standing -> standing.id().equals(departure.id()))
                .map(standing -> GroupSteps.departed(row, user));
    }
}
