package org.pombal.geodb.connection;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.BackendLoads;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;

/** Loads of backends in the GeoDB once it is connected. */
record ConnectingBackendLoads(ConnectingGeoDb geoDb) implements BackendLoads {

    @Override
    public CompletionStage<Void> publish(BackendLoad load) {
        return geoDb.ask(db -> db.backendLoads().publish(load));
    }

    @Override
    public CompletionStage<List<BackendLoad>> list(SiteId site) {
        return geoDb.ask(db -> db.backendLoads().list(site));
    }
}
