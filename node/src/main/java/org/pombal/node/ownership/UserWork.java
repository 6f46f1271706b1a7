package org.pombal.node.ownership;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.placement.User;

/** The part of a keeper's wishes that is about single users: their sessions and their rows. */
record UserWork(
        GroupSurroundings around, MoveTally tally, Supplier<Optional<UserGroup>> group, Consumer<GroupEvent> answers) {

    /** @return whether it was about that */
    boolean perform(GroupAction action) {
        if (action instanceof GroupAction.EndSessions end) {
            around.ends().end(end.user(), end.urgency());
        } else if (action instanceof GroupAction.EndOlderProcesses) {
            around.ends().endOlder();
        } else if (action instanceof GroupAction.Flush flush) {
            around.loop()
                    .ask(
                            around.flush().flush(flush.user()),
                            (succeeded, failure) -> answers.accept(new GroupEvent.Flushed(
                                    flush.move(), flush.user(), Boolean.TRUE.equals(succeeded))));
        } else if (action instanceof GroupAction.ReadUser read) {
            around.loop()
                    .ask(
                            around.geoDb().users().find(read.user(), ReadLevel.SERIAL),
                            (row, failure) -> answers.accept(
                                    row == null
                                            ? new GroupEvent.UserFailed(read.move(), read.user())
                                            : new GroupEvent.UserRead(read.move(), read.user(), row)));
        } else if (action instanceof GroupAction.WriteUser write) {
            write(write);
        } else {
            return false;
        }
        return true;
    }

    private void write(GroupAction.WriteUser write) {
        User row = write.row();
        CompletionStage<Cas<User>> request = row.after(write.departure())
                .map(next -> around.geoDb().users().update(next))
                .orElseGet(() -> around.geoDb().users().retire(row));
        // Whatever came of it, if it did not plainly stand it is read again.
        around.loop().ask(request, (outcome, failure) -> {
            boolean stands = outcome instanceof Cas.Applied;
            if (stands && !write.departure().isStayIn(row.home())) {
                group.get().ifPresent(its -> tally.left(its, row, write.departure()));
            }
            answers.accept(
                    stands
                            ? new GroupEvent.UserWritten(write.departure().id(), row.key())
                            : new GroupEvent.UserFailed(write.departure().id(), row.key()));
        });
    }
}
