package org.pombal.model.lease;

/** What a backend does that cannot renew its lease: the setting {@code cluster_geodb_outage}. */
public enum OutagePolicy {
    /** It goes on while a majority of the electorate says that GeoDB is down. */
    SERVE,
    /** It ends all sessions. */
    FENCE
}
