package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;

/** Decides what to do about a group whose owner is gone (decision 0010, "Takeover" and "Move of a group"). */
public final class Takeover {

    private final HandOverRules rules;

    public Takeover(HandOverRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
    }

    /**
     * The row to be written by compare-and-set on its epoch; empty if nothing is to be done, or nobody is there to do it.
     *
     * @param row as it was read at the serial level
     */
    public Optional<UserGroup> decide(UserGroup row, LeasesView leases, FailoverChoice choice) {
        GroupOwner owner = row.owner();
        boolean over = owner.isClaimed() && leases.isOver(owner.backend(), owner.incarnation());
        if (row.isInHandover()) {
            return over ? inHandOver(row, leases, choice) : Optional.empty();
        }
        // Without a claim nobody is served, so the compare-and-set alone decides.
        boolean may = !owner.isClaimed() || rules.mayTakeOver(over, leases.isSilent(owner.backend()));
        boolean should = leases.isDown(owner.backend()) || (may && !over && owner.isClaimed());
        return may && should ? elsewhere(row, choice) : Optional.empty();
    }

    /**
     * Whether a group is worth reading at the serial level, to {@link #decide}.
     *
     * @param hint the row as it is remembered; it may be old
     */
    public static boolean mayConcern(UserGroup hint, LeasesView leases) {
        GroupOwner owner = hint.owner();
        return leases.isDown(owner.backend())
                || (hint.isInHandover() && leases.isOver(owner.backend(), owner.incarnation()));
    }

    private Optional<UserGroup> inHandOver(UserGroup row, LeasesView leases, FailoverChoice choice) {
        GroupMove move = row.move().orElseThrow();
        boolean destinationOver = leases.isOver(move.dest(), move.destIncarnation());
        if (rules.mayTakeElsewhere(destinationOver)) {
            return elsewhere(row, choice);
        }
        return Optional.of(GroupSteps.committed(row, choice.failover(row, move.dest())));
    }

    private static Optional<UserGroup> elsewhere(UserGroup row, FailoverChoice choice) {
        Optional<BackendId> target = choice.target(row);
        return target.map(backend -> GroupSteps.takenOver(row, backend, choice.failover(row, backend)));
    }
}
