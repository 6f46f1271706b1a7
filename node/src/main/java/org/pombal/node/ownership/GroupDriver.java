package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.GroupKeeper;

/** Carries out what the keeper of one group wants, and tells it what came of it. Confined to the loop. */
final class GroupDriver {

    private final GroupKeeper keeper;
    private final GroupSurroundings around;
    private final MoveTally tally;
    private final UserWork users;
    private final ProgressWork progress;
    private final Timer timer;

    GroupDriver(GroupKeeper keeper, GroupSurroundings around) {
        this.keeper = requireNonNull(keeper, "keeper is null");
        this.around = requireNonNull(around, "around is null");
        this.tally = new MoveTally(around.history());
        this.users = new UserWork(around, tally, keeper::row, this::event);
        this.progress = new ProgressWork(around, this::event);
        this.timer = around.loop().timer(() -> event(new GroupEvent.Tick()));
    }

    GroupKeeper keeper() {
        return keeper;
    }

    void event(GroupEvent event) {
        Optional<UserGroup> before = keeper.row();
        List<GroupAction> actions = keeper.onEvent(around.loop().now(), event);
        tally.happened(event, before);
        Optional<UserGroup> after = keeper.row();
        if (after.isPresent() && !after.equals(before)) {
            tally.changed(before, after.get());
        }
        actions.forEach(action -> tally.wanted(action, after));
        actions.forEach(this::perform);
        timer.arm(keeper.nextTick());
        if (decidesAnew(event)) {
            around.changed().accept(keeper.id());
        }
        around.afterwards().run();
    }

    /** Whether those who wait for this group are to be judged again. */
    private static boolean decidesAnew(GroupEvent event) {
        return !(event instanceof GroupEvent.Tick
                || event instanceof GroupEvent.Look
                || event instanceof GroupEvent.Arrived);
    }

    void stop() {
        timer.disarm();
    }

    private void perform(GroupAction action) {
        if (action instanceof GroupAction.ReadRow) {
            around.loop()
                    .ask(
                            around.limit().run(() -> around.geoDb().groups().find(keeper.id(), ReadLevel.SERIAL)),
                            (row, failure) ->
                                    event(row == null ? new GroupEvent.RowReadFailed() : new GroupEvent.RowRead(row)));
        } else if (action instanceof GroupAction.WriteRow write) {
            around.loop()
                    .ask(
                            around.limit().run(() -> around.geoDb().groups().update(write.next())),
                            (outcome, failure) -> event(outcome(outcome)));
        } else if (action instanceof GroupAction.ReadLease read) {
            around.loop()
                    .ask(
                            around.geoDb().leases().find(new LeaseId.OfBackend(read.backend()), ReadLevel.SERIAL),
                            (lease, failure) -> event(
                                    lease == null
                                            ? new GroupEvent.DestinationLeaseFailed(read.move())
                                            : new GroupEvent.DestinationLease(read.move(), lease)));
        } else if (action instanceof GroupAction.ProveOver prove) {
            around.proofs().whenOver(prove.backend(), prove.incarnation());
        } else if (action instanceof GroupAction.RevokePending) {
            around.revokePending().accept(keeper.id());
        } else if (!users.perform(action)) {
            progress.perform(action);
        }
    }

    private static GroupEvent outcome(@Nullable Cas<UserGroup> outcome) {
        if (outcome == null) {
            return new GroupEvent.RowUnknown();
        }
        if (outcome instanceof Cas.Applied<UserGroup> applied) {
            return new GroupEvent.RowWritten(applied.row());
        }
        Optional<UserGroup> current = ((Cas.Lost<UserGroup>) outcome).current();
        return new GroupEvent.RowLost(current);
    }
}
