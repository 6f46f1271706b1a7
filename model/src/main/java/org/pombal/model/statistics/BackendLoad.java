package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;

/**
 * What a backend's node last measured.
 *
 * @param at when, by its own clock
 * @param measured how long it has measured without a break
 * @param host of the machine, what could be measured; means over the time since the measurement before
 * @param groups those that it owns
 */
public record BackendLoad(
        SiteId site,
        BackendId backend,
        Instant at,
        Duration measured,
        Map<HostMetric, Double> host,
        Map<GroupId, GroupTraffic> groups) {

    public BackendLoad {
        requireNonNull(site, "site is null");
        requireNonNull(backend, "backend is null");
        requireNonNull(at, "at is null");
        requireNonNull(measured, "measured is null");
        Map<HostMetric, Double> known = new EnumMap<>(HostMetric.class);
        known.putAll(host);
        host = Collections.unmodifiableMap(known);
        groups = Map.copyOf(groups);
    }
}
