package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import org.pombal.geodb.GeoDb;

/**
 * What operations work on.
 *
 * @param localSite name of the site that this program belongs to
 * @param resolver says whether a host name can be resolved here
 * @param clock for what people read
 */
public record Cluster(GeoDb geoDb, String localSite, HostResolver resolver, InstantSource clock) {

    public Cluster {
        requireNonNull(geoDb, "geoDb is null");
        requireNonNull(localSite, "localSite is null");
        requireNonNull(resolver, "resolver is null");
        requireNonNull(clock, "clock is null");
    }
}
