package org.pombal.geodb.connection;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes;

/** Changes of the GeoDB once it is connected. */
record ConnectingChanges(ConnectingGeoDb geoDb) implements Changes {

    @Override
    public CompletionStage<Void> announce(Change change) {
        return geoDb.ask(db -> db.changes().announce(change));
    }

    @Override
    public CompletionStage<List<Entry>> since(Instant from) {
        return geoDb.ask(db -> db.changes().since(from));
    }
}
