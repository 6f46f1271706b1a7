package org.pombal.model.lease;

import java.util.Locale;

/** What a backend does that cannot renew its lease: the setting {@code cluster_geodb_outage}. */
public enum OutagePolicy {
    /** It goes on while a majority of the electorate says that GeoDB is down. */
    SERVE,
    /** It ends all sessions. */
    FENCE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
