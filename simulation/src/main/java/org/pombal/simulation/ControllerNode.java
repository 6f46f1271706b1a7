package org.pombal.simulation;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.ownership.DepartureCommand;
import org.pombal.model.ownership.HandOverRules;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.ElectorateRegistrar;
import org.pombal.model.vote.VoterId;

/** A controller: asks for moves as its operators say, and sees to the electorate and, in some sites, to failovers. */
final class ControllerNode extends VotingProcess {

    private static final int MOST_SELDOM = 2_500;

    private final DepartureCommand departures = new DepartureCommand(HandOverRules.PROTOCOL);

    ControllerNode(Site site, Host host) {
        super(site, host);
    }

    void begin() {
        run(() -> {
            if (site().profile().controllers()) {
                beginDuties();
            }
            tendElectorate();
        });
    }

    private void tendElectorate() {
        readElectorate(standing -> standing.flatMap(this::wanted).ifPresent(next -> change(standing, next)));
        site().events().after(site().chance().milliseconds(300, MOST_SELDOM), () -> run(this::tendElectorate));
    }

    /** By compare-and-set on the version that was read before its majority is asked. */
    private void change(Optional<Electorate> standing, Electorate next) {
        if (!site().quirks().vote().needsMajority()) {
            write(next);
            return;
        }
        polls().ask(true, now(), standing, answer -> {
            if (answer instanceof LeaseEvent.Majority) {
                site().coincidences().agreed(this);
                run(() -> write(next));
            }
        });
    }

    private Optional<Electorate> wanted(Electorate standing) {
        SortedSet<VoterId> wanted = new TreeSet<>(site().wantedVoters());
        Optional<Electorate> next = ElectorateRegistrar.next(standing, wanted);
        for (int i = 1; i < site().quirks().electorateSteps() && next.isPresent(); i++) {
            Electorate one = next.get();
            Optional<Electorate> further = ElectorateRegistrar.next(one, wanted);
            next = Optional.of(further.map(Electorate::members)
                    .map(members -> new Electorate(one.site(), members, one.version()))
                    .orElse(one));
        }
        return next;
    }

    private void write(Electorate next) {
        site().trace(() -> host().name() + ": writes electorate " + next.version() + " " + next.members());
        if (site().profile().theme() == Profile.Theme.VOTES && site().chance().in(30)) {
            delayNextWrite();
        }
        ask(geoDb().electorates().update(next), (outcome, failure) -> {});
    }

    /** An operator wants the group elsewhere. */
    void move(GroupId id, boolean lazy) {
        run(() -> ask(geoDb().groups().find(id, ReadLevel.QUORUM), (row, failure) -> {
            if (row != null) {
                row.filter(found -> !found.isMoving()).ifPresent(found -> propose(found, lazy));
            }
        }));
    }

    private void propose(UserGroup row, boolean lazy) {
        Host target = site().chance().one(site().backendHosts());
        if (!target.backend().equals(row.backend())) {
            GroupMove move = GroupMove.proposed(
                    new MoveId(site().chance().id()), target.backend(), lazy, "operator", Instant.EPOCH);
            update(GroupSteps.proposed(row, move));
        }
    }

    /** An operator wants a user in another group. */
    void moveUser(UserKey user) {
        run(() -> ask(geoDb().users().find(user, ReadLevel.QUORUM), (found, failure) -> {
            if (found != null && found.isPresent()) {
                GroupId home = found.get().home();
                site().groupIds().stream()
                        .filter(group -> !group.equals(home))
                        .findAny()
                        .ifPresent(target -> register(user, home, target));
            }
        }));
    }

    private void register(UserKey user, GroupId home, GroupId target) {
        ask(geoDb().groups().find(home, ReadLevel.QUORUM), (row, failure) -> {
            if (row != null) {
                row.filter(found -> !found.isMoving() && !found.leaving().containsKey(user))
                        .ifPresent(found -> update(GroupSteps.registered(
                                found,
                                user,
                                Departure.to(new MoveId(site().chance().id()), target, Optional.empty()))));
            }
        });
    }

    /** An operator wants a user to stay after all. */
    void withdrawUser(UserKey user) {
        run(() -> ask(geoDb().users().find(user, ReadLevel.QUORUM), (found, failure) -> {
            if (found != null) {
                found.ifPresent(its -> stay(user, its.home()));
            }
        }));
    }

    private void stay(UserKey user, GroupId home) {
        Departure stay = Departure.stay(new MoveId(site().chance().id()), home);
        ask(geoDb().groups().find(home, ReadLevel.QUORUM), (row, failure) -> {
            if (row != null
                    && row.isPresent()
                    && departures.withdraw(row.get(), user, stay) instanceof DepartureCommand.Step.Register register) {
                update(site().quirks().replacesWithdrawn() ? register.next() : GroupSteps.departed(row.get(), user));
            }
        });
    }

    /** An operator has changed their mind. */
    void withdraw(GroupId id) {
        run(() -> ask(geoDb().groups().find(id, ReadLevel.QUORUM), (row, failure) -> {
            if (row != null) {
                row.filter(found -> found.isMoving() && !found.isInHandover())
                        .ifPresent(found -> update(GroupSteps.withdrawn(found)));
            }
        }));
    }

    private void update(UserGroup next) {
        site().trace(() -> host().name() + ": operator writes " + Description.of(next));
        ask(geoDb().groups().update(next), (outcome, failure) -> {
            if (outcome instanceof Cas.Applied<UserGroup> applied) {
                site().rowStood(this, applied.row());
            }
        });
    }
}
