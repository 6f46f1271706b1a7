package org.pombal.node.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pombal.dovecot.statistics.ProxyPage;
import org.pombal.dovecot.statistics.ProxyPage.HostTraffic;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.CountingWindow;
import org.pombal.model.statistics.CountingWindow.Reading;
import org.pombal.model.statistics.CountingWindow.Span;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** From what a proxy counts by host to rows by destination. Used by one thread at a time. */
public final class DestinationReports {

    private record Key(ProxyDestination destination, Traffic traffic) {}

    private final HostName proxy;
    private final Function<String, Optional<ProxyDestination>> destinations;
    private final CountingWindow<HostTraffic> window;

    /**
     * @param destinations which one a host is; what it is not known to be is left out
     * @param length of the window
     */
    public DestinationReports(
            HostName proxy, Function<String, Optional<ProxyDestination>> destinations, Duration length) {
        this.proxy = requireNonNull(proxy, "proxy is null");
        this.destinations = requireNonNull(destinations, "destinations is null");
        this.window = new CountingWindow<>(length);
    }

    /** The window that ends with this page; empty for the first. */
    Optional<Span<HostTraffic>> read(ProxyPage page, Instant now) {
        return window.add(new Reading<>(now, page.since(), page.counts()));
    }

    List<DestinationStatistics> rows(SiteId site, Span<HostTraffic> span) {
        Map<Key, Counts> counts = new HashMap<>();
        span.counts().forEach((host, count) -> destinations
                .apply(host.host())
                .ifPresent(destination -> counts.merge(new Key(destination, host.traffic()), count, Counts::plus)));
        return counts.entrySet().stream()
                .map(entry -> new DestinationStatistics(
                        site,
                        proxy,
                        entry.getKey().destination(),
                        entry.getKey().traffic(),
                        span.from(),
                        span.until(),
                        entry.getValue()))
                .toList();
    }
}
