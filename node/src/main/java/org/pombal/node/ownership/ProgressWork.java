package org.pombal.node.ownership;

import java.util.function.Consumer;
import org.pombal.geodb.MoveProgress;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a keeper's wishes that is about the progress of moves. */
record ProgressWork(GroupSurroundings around, Consumer<GroupEvent> answers) {

    private static final Logger log = LoggerFactory.getLogger(ProgressWork.class);

    void perform(GroupAction action) {
        MoveProgress rows = around.geoDb().moveProgress();
        if (action instanceof GroupAction.WriteRemaining write) {
            around.loop()
                    .ask(
                            rows.addRemaining(write.move(), write.users()),
                            (done, failure) ->
                                    answers.accept(new GroupEvent.RemainingWritten(write.move(), failure == null)));
        } else if (action instanceof GroupAction.WriteDone write) {
            around.loop()
                    .ask(
                            rows.addDone(write.move(), write.user()),
                            (done, failure) -> answers.accept(
                                    new GroupEvent.DoneWritten(write.move(), write.user(), failure == null)));
        } else if (action instanceof GroupAction.ReadProgress read) {
            around.loop()
                    .ask(
                            rows.find(read.move()),
                            (users, failure) -> answers.accept(
                                    users == null
                                            ? new GroupEvent.ProgressFailed(read.move())
                                            : new GroupEvent.ProgressRead(
                                                    read.move(), users.remaining(), users.done())));
        } else if (action instanceof GroupAction.ReadUserProgress read) {
            around.loop()
                    .ask(
                            rows.find(read.move(), read.user()),
                            (state, failure) -> answers.accept(
                                    state == null
                                            ? new GroupEvent.UserProgressFailed(read.move(), read.user())
                                            : new GroupEvent.UserProgress(
                                                    read.move(), read.user(), state.remaining(), state.done())));
        } else if (action instanceof GroupAction.DeleteProgress delete) {
            rows.delete(delete.move()).exceptionally(failure -> {
                log.info("rows of the ended move {} were left in GeoDB: {}", delete.move(), failure.toString());
                return null;
            });
        } else {
            throw new IllegalStateException("nobody carries out " + action);
        }
    }
}
