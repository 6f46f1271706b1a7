package org.pombal.model.reachability;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

/**
 * What a proxy of one site last said about its way to another. All times are durations, measured by one clock each: the clocks
 * of two sites may be minutes apart.
 *
 * @param lasts for how long it has been so when it was said, by the proxy's clock
 * @param interval how often the proxy says it
 * @param why it is not reachable; empty if it is
 * @param age how long ago it was said, by GeoDB's clock, in whole seconds
 */
public record SiteSight(
        SiteId source,
        SiteId destination,
        HostName proxy,
        boolean reachable,
        Duration lasts,
        Duration interval,
        Optional<String> why,
        Duration age) {

    /** How many times a proxy may fail to say it before nothing is known. */
    private static final int MISSING = 3;

    /** For writes that take their time, and because ages are whole seconds. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    public SiteSight {
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(lasts, "lasts is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(why, "why is null");
        requireNonNull(age, "age is null");
        if (source.equals(destination)) {
            throw new IllegalArgumentException("site " + source + " is no destination of itself");
        }
    }

    /** Whether the proxy has fallen silent: it is stopped, or cut off from GeoDB. What it said proves nothing then. */
    public boolean isStale() {
        return age.compareTo(interval.multipliedBy(MISSING).plus(GRACE)) > 0;
    }
}
