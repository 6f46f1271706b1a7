package org.pombal.geodb.connection;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Reachability;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.SiteId;

/** What sites say about one another in the GeoDB once it is connected. */
record ConnectingReachability(ConnectingGeoDb geoDb) implements Reachability {

    @Override
    public CompletionStage<Void> publish(Collection<SiteSight> sights) {
        return geoDb.ask(db -> db.reachability().publish(sights));
    }

    @Override
    public CompletionStage<List<SiteSight>> from(SiteId source) {
        return geoDb.ask(db -> db.reachability().from(source));
    }
}
