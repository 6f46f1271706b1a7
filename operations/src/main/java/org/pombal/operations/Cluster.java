package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import org.pombal.geodb.GeoDb;

/**
 * What operations work on.
 *
 * @param resolver says whether a host name can be resolved here
 * @param clock for what people read
 */
public record Cluster(GeoDb geoDb, HostResolver resolver, InstantSource clock) {

    public Cluster {
        requireNonNull(geoDb, "geoDb is null");
        requireNonNull(resolver, "resolver is null");
        requireNonNull(clock, "clock is null");
    }
}
