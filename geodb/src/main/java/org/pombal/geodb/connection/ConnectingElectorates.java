package org.pombal.geodb.connection;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;

/** Electorates of the GeoDB once it is connected. */
record ConnectingElectorates(ConnectingGeoDb geoDb) implements Electorates {

    @Override
    public CompletionStage<Optional<Electorate>> find(SiteId site, ReadLevel level) {
        return geoDb.ask(db -> db.electorates().find(site, level));
    }

    @Override
    public CompletionStage<Cas<Electorate>> update(Electorate next) {
        return geoDb.ask(db -> db.electorates().update(next));
    }
}
