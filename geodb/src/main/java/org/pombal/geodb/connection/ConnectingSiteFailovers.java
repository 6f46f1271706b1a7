package org.pombal.geodb.connection;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.SiteFailovers;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.SiteFailover;

/** Failovers of sites in the GeoDB once it is connected. */
record ConnectingSiteFailovers(ConnectingGeoDb geoDb) implements SiteFailovers {

    @Override
    public CompletionStage<SiteFailover> find(SiteId site, ReadLevel level) {
        return geoDb.ask(db -> db.siteFailovers().find(site, level));
    }

    @Override
    public CompletionStage<List<SiteFailover>> list() {
        return geoDb.ask(db -> db.siteFailovers().list());
    }

    @Override
    public CompletionStage<Cas<SiteFailover>> update(SiteFailover next) {
        return geoDb.ask(db -> db.siteFailovers().update(next));
    }
}
