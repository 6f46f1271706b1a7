package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.GroupKeeper;
import org.pombal.model.ownership.Surroundings;

/** The groups that this backend has, gets, or was asked about. Confined to the loop. */
final class OwnedGroups {

    private final Surroundings model;
    private final GroupSurroundings around;
    private final Map<GroupId, GroupDriver> drivers = new HashMap<>();
    private long incarnation;
    private boolean resumed;
    private boolean passesOn;

    OwnedGroups(Surroundings model, GroupSurroundings around) {
        this.model = requireNonNull(model, "model is null");
        this.around = requireNonNull(around, "around is null");
    }

    /** The driver of a group of this site, whoever owns it. */
    GroupDriver driver(GroupId id) {
        GroupDriver known = drivers.get(id);
        if (known != null) {
            return known;
        }
        GroupDriver made = new GroupDriver(new GroupKeeper(id, model), around);
        drivers.put(id, made);
        if (incarnation != 0) {
            made.event(new GroupEvent.LeaseHeld(incarnation, resumed));
        }
        return made;
    }

    GroupKeeper keeper(GroupId id) {
        return driver(id).keeper();
    }

    /** The group's row, if it is known already. */
    Optional<UserGroup> known(GroupId id) {
        return Optional.ofNullable(drivers.get(id))
                .flatMap(driver -> driver.keeper().row());
    }

    Collection<GroupDriver> all() {
        return drivers.values();
    }

    /**
     * The lease is held.
     *
     * @param known the site's groups, as far as the node knows them
     */
    void held(long newIncarnation, boolean isResumed, Collection<UserGroup> known) {
        incarnation = newIncarnation;
        resumed = isResumed;
        tellAll(new GroupEvent.LeaseHeld(newIncarnation, isResumed));
        known.stream().filter(this::concerns).map(UserGroup::id).forEach(this::driver);
    }

    void lost() {
        incarnation = 0;
        tellAll(new GroupEvent.LeaseLost());
    }

    void tellAll(GroupEvent event) {
        List.copyOf(drivers.values()).forEach(driver -> driver.event(event));
    }

    /** These rows have changed, as somebody who is not to be relied on says. */
    void seen(Collection<UserGroup> rows) {
        for (UserGroup row : rows) {
            GroupDriver driver = drivers.get(row.id());
            boolean isNews = driver == null
                    ? concerns(row)
                    : driver.keeper()
                            .row()
                            .filter(known -> known.epoch() >= row.epoch())
                            .isEmpty();
            if (isNews) {
                driver(row.id()).event(new GroupEvent.Look());
            }
        }
    }

    /** Reads the rows of all groups of this backend again, should a change have been missed. */
    void lookAgain() {
        List.copyOf(drivers.values()).stream()
                .filter(driver -> driver.keeper().row().filter(this::concerns).isPresent())
                .forEach(driver -> driver.event(new GroupEvent.Look()));
    }

    /** Forgets groups of other backends. */
    void forget(Predicate<GroupId> unless) {
        drivers.values().removeIf(driver -> {
            GroupKeeper keeper = driver.keeper();
            boolean foreign = keeper.row().filter(row -> !concerns(row)).isPresent();
            boolean forgotten = foreign && !keeper.isOwner() && !unless.test(keeper.id());
            if (forgotten) {
                driver.stop();
            }
            return forgotten;
        });
    }

    /** Should there be a place for one more to be handed over, the group that has waited longest takes it, soon. */
    void passOn() {
        if (!passesOn && model.limiter().next(around.loop().now()).isPresent()) {
            passesOn = true;
            around.loop().later(() -> {
                passesOn = false;
                model.limiter().next(around.loop().now()).ifPresent(this::pass);
            });
        }
    }

    private void pass(GroupId next) {
        int before = model.limiter().underWay();
        driver(next).event(new GroupEvent.Tick());
        if (model.limiter().underWay() == before) {
            // It has no use for the place, and must not keep it from the others. It asks again if it has.
            model.limiter().leave(next);
        }
    }

    /** How many this backend owns. */
    int owned() {
        return (int) drivers.values().stream()
                .filter(driver -> driver.keeper().isOwner())
                .count();
    }

    /** How many move, from here or to here. */
    int moving() {
        return (int) drivers.values().stream()
                .flatMap(driver -> driver.keeper().row().stream())
                .filter(row -> row.isMoving() && concerns(row))
                .count();
    }

    private boolean concerns(UserGroup row) {
        BackendId self = model.self();
        return row.backend().equals(self)
                || row.move().map(GroupMove::dest).filter(self::equals).isPresent();
    }
}
