package org.pombal.simulation;

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

/** Carries out what the keeper of a group wants, and tells it what came of it. */
final class GroupTalk {

    private final BackendNode node;
    private final GroupKeeper keeper;
    private final Timer timer;

    GroupTalk(BackendNode node, GroupKeeper keeper) {
        this.node = node;
        this.keeper = keeper;
        this.timer = new Timer(node, () -> event(new GroupEvent.Tick()));
    }

    GroupKeeper keeper() {
        return keeper;
    }

    void event(GroupEvent event) {
        List<GroupAction> actions = keeper.onEvent(node.now(), event);
        node.perform(actions, this::perform);
        timer.arm(keeper.nextTick());
    }

    private void perform(GroupAction action) {
        if (action instanceof GroupAction.ReadRow) {
            long least = node.site().checks().epochStood(keeper.id());
            node.ask(node.geoDb().groups().find(keeper.id(), ReadLevel.SERIAL), (row, failure) -> {
                if (row == null) {
                    event(new GroupEvent.RowReadFailed());
                } else {
                    node.site().checks().read(row, least);
                    event(new GroupEvent.RowRead(row));
                }
            });
        } else if (action instanceof GroupAction.WriteRow write) {
            node.site().trace(() -> node.host().name() + ": writes " + Description.of(write.next()));
            node.ask(node.geoDb().groups().update(write.next()), (outcome, failure) -> event(outcome(outcome)));
        } else if (action instanceof GroupAction.ReadLease read) {
            node.ask(
                    node.site().leases(node).find(new LeaseId.OfBackend(read.backend()), ReadLevel.SERIAL),
                    (lease, failure) -> event(
                            lease == null
                                    ? new GroupEvent.DestinationLeaseFailed(read.move())
                                    : new GroupEvent.DestinationLease(read.move(), lease)));
        } else if (action instanceof GroupAction.ProveOver prove) {
            node.proveOver(prove.backend(), prove.incarnation());
        } else {
            performForUsers(action);
        }
    }

    private void performForUsers(GroupAction action) {
        Host host = node.host();
        if (action instanceof GroupAction.EndSessions end) {
            host.endSessions(end.user(), end.urgency());
        } else if (action instanceof GroupAction.EndOlderProcesses) {
            host.endUnknown();
        } else if (action instanceof GroupAction.Flush flush) {
            boolean succeeds = !node.site().chance().once(20);
            node.site()
                    .events()
                    .after(
                            node.site().chance().milliseconds(1, 30),
                            () -> node.run(() -> event(new GroupEvent.Flushed(flush.move(), flush.user(), succeeds))));
        } else {
            new ProgressTalk(node, this).perform(action);
        }
    }

    private GroupEvent outcome(@Nullable Cas<UserGroup> outcome) {
        if (outcome == null) {
            return new GroupEvent.RowUnknown();
        }
        if (outcome instanceof Cas.Applied<UserGroup> applied) {
            node.site().rowStood(node, applied.row());
            return new GroupEvent.RowWritten(applied.row());
        }
        Optional<UserGroup> current = ((Cas.Lost<UserGroup>) outcome).current();
        return new GroupEvent.RowLost(current);
    }
}
