package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import org.pombal.geodb.GeoDb;
import org.pombal.model.lease.TakeoverPolicy;

/**
 * What operations work on.
 *
 * @param localSite name of the site that this program belongs to
 * @param resolver says whether a host name can be resolved here
 * @param clock for what people read
 * @param takeover what it takes before a backend whose lease is broken counts as gone: {@code cluster_takeover}
 */
public record Cluster(
        GeoDb geoDb, String localSite, HostResolver resolver, InstantSource clock, TakeoverPolicy takeover) {

    public Cluster {
        requireNonNull(geoDb, "geoDb is null");
        requireNonNull(localSite, "localSite is null");
        requireNonNull(resolver, "resolver is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(takeover, "takeover is null");
    }
}
