package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

/**
 * What one proxy experienced with one destination in a window of time that ends now and is moved along.
 *
 * @param site of the proxy
 * @param from begin of the window
 * @param until its end, when it was published; a row whose end is long past says nothing of today
 * @param counts of the window
 */
public record DestinationStatistics(
        SiteId site,
        HostName proxy,
        ProxyDestination destination,
        Traffic traffic,
        Instant from,
        Instant until,
        Counts counts) {

    public DestinationStatistics {
        requireNonNull(site, "site is null");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
        requireNonNull(counts, "counts is null");
    }
}
