package org.pombal.model.sitefailover;

import java.util.Locale;

/** What a site does that cannot read whether its failover was declared: the setting {@code cluster_site_isolation}. */
public enum IsolationPolicy {
    /** It goes on. Whoever takes its users over serves them beside it until it can read again. */
    SERVE,
    /** It stops when it has not been able to for a time that is shorter than others wait: no user is served by two sites. */
    STOP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
