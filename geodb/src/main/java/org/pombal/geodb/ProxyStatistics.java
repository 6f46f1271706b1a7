package org.pombal.geodb;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.DestinationStatistics;

/**
 * How the proxies of a site get on with their destinations, by plain quorum writes: one row for each proxy, destination and kind of
 * traffic, of the last window.
 */
public interface ProxyStatistics {

    /** How long a row stays that is not written again. */
    Duration RETENTION = Duration.ofDays(1);

    /** Replaces rows; fails if one is not known to be written, when others may be. */
    CompletionStage<Void> publish(Collection<DestinationStatistics> rows);

    /** All rows of a site, proxy by proxy. */
    CompletionStage<List<DestinationStatistics>> list(SiteId site);

    CompletionStage<List<DestinationStatistics>> list(SiteId site, HostName proxy);

    /** Removes all rows of a proxy. */
    CompletionStage<Void> remove(SiteId site, HostName proxy);
}
