package org.pombal.geodb.connection;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.MoveProgress;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/** Progress of moves in the GeoDB once it is connected. */
record ConnectingMoveProgress(ConnectingGeoDb geoDb) implements MoveProgress {

    @Override
    public CompletionStage<Void> addRemaining(MoveId move, Collection<UserKey> users) {
        return geoDb.ask(db -> db.moveProgress().addRemaining(move, users));
    }

    @Override
    public CompletionStage<Void> addDone(MoveId move, UserKey user) {
        return geoDb.ask(db -> db.moveProgress().addDone(move, user));
    }

    @Override
    public CompletionStage<Users> find(MoveId move) {
        return geoDb.ask(db -> db.moveProgress().find(move));
    }

    @Override
    public CompletionStage<UserState> find(MoveId move, UserKey user) {
        return geoDb.ask(db -> db.moveProgress().find(move, user));
    }

    @Override
    public CompletionStage<Void> delete(MoveId move) {
        return geoDb.ask(db -> db.moveProgress().delete(move));
    }
}
