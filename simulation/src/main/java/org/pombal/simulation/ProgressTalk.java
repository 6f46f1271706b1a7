package org.pombal.simulation;

import org.pombal.geodb.MoveProgress;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;

/** The part of a keeper's wishes that is about the progress of moves. */
record ProgressTalk(BackendNode node, GroupTalk talk) {

    void perform(GroupAction action) {
        MoveProgress progress = node.geoDb().moveProgress();
        if (action instanceof GroupAction.WriteRemaining write) {
            node.ask(
                    progress.addRemaining(write.move(), write.users()),
                    (done, failure) -> talk.event(new GroupEvent.RemainingWritten(write.move(), failure == null)));
        } else if (action instanceof GroupAction.WriteDone write) {
            node.ask(
                    progress.addDone(write.move(), write.user()),
                    (done, failure) ->
                            talk.event(new GroupEvent.DoneWritten(write.move(), write.user(), failure == null)));
        } else if (action instanceof GroupAction.ReadProgress read) {
            node.ask(
                    progress.find(read.move()),
                    (users, failure) -> talk.event(
                            users == null
                                    ? new GroupEvent.ProgressFailed(read.move())
                                    : new GroupEvent.ProgressRead(read.move(), users.remaining(), users.done())));
        } else if (action instanceof GroupAction.ReadUserProgress read) {
            node.ask(
                    progress.find(read.move(), read.user()),
                    (state, failure) -> talk.event(
                            state == null
                                    ? new GroupEvent.UserProgressFailed(read.move(), read.user())
                                    : new GroupEvent.UserProgress(
                                            read.move(), read.user(), state.remaining(), state.done())));
        } else if (action instanceof GroupAction.DeleteProgress delete) {
            node.ask(progress.delete(delete.move()), (done, failure) -> {});
        } else {
            new UserTalk(node, talk).perform(action);
        }
    }
}
