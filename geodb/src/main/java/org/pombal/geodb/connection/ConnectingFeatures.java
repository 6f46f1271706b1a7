package org.pombal.geodb.connection;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Features;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.site.SiteId;

/** Features of the GeoDB once it is connected. */
record ConnectingFeatures(ConnectingGeoDb geoDb) implements Features {

    @Override
    public CompletionStage<List<SiteFeature>> list(SiteId site) {
        return geoDb.ask(db -> db.features().list(site));
    }

    @Override
    public CompletionStage<Cas<SiteFeature>> update(SiteFeature next) {
        return geoDb.ask(db -> db.features().update(next));
    }
}
