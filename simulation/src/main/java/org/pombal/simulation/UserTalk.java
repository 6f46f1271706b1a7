package org.pombal.simulation;

import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.placement.User;

/** The part of a keeper's wishes that is about the rows of users who leave. */
record UserTalk(BackendNode node, GroupTalk talk) {

    void perform(GroupAction action) {
        if (action instanceof GroupAction.ReadUser read) {
            node.ask(
                    node.geoDb().users().find(read.user(), ReadLevel.SERIAL),
                    (row, failure) -> talk.event(
                            row == null
                                    ? new GroupEvent.UserFailed(read.move(), read.user())
                                    : new GroupEvent.UserRead(read.move(), read.user(), row)));
        } else if (action instanceof GroupAction.WriteUser write) {
            write(write);
        }
    }

    private void write(GroupAction.WriteUser write) {
        User row = write.row();
        User next = row.after(write.departure()).orElseThrow();
        node.site()
                .trace(() -> node.host().name() + ": writes " + row.key() + " into "
                        + next.home().name());
        // Whatever came of it, if it did not plainly stand it is read again.
        node.ask(
                node.geoDb().users().update(next),
                (outcome, failure) -> talk.event(
                        outcome instanceof Cas.Applied
                                ? new GroupEvent.UserWritten(write.departure().id(), row.key())
                                : new GroupEvent.UserFailed(write.departure().id(), row.key())));
    }
}
