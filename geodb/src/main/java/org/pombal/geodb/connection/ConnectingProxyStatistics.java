package org.pombal.geodb.connection;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.DestinationStatistics;

/** Statistics of proxies in the GeoDB once it is connected. */
record ConnectingProxyStatistics(ConnectingGeoDb geoDb) implements ProxyStatistics {

    @Override
    public CompletionStage<Void> publish(Collection<DestinationStatistics> rows) {
        return geoDb.ask(db -> db.proxyStatistics().publish(rows));
    }

    @Override
    public CompletionStage<List<DestinationStatistics>> list(SiteId site) {
        return geoDb.ask(db -> db.proxyStatistics().list(site));
    }

    @Override
    public CompletionStage<List<DestinationStatistics>> list(SiteId site, HostName proxy) {
        return geoDb.ask(db -> db.proxyStatistics().list(site, proxy));
    }

    @Override
    public CompletionStage<Void> remove(SiteId site, HostName proxy) {
        return geoDb.ask(db -> db.proxyStatistics().remove(site, proxy));
    }
}
