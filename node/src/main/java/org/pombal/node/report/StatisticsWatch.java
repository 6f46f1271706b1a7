package org.pombal.node.report;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.pombal.dovecot.statistics.ProxyPage;
import org.pombal.dovecot.statistics.ProxyPage.HostTraffic;
import org.pombal.model.failure.FailureText;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.CountingWindow.Span;
import org.pombal.model.statistics.DestinationStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statistics of the Dovecot beside the node, read one time after the other. */
public final class StatisticsWatch {

    private static final Logger log = LoggerFactory.getLogger(StatisticsWatch.class);

    /** Dovecot may start after the node, and be restarted. */
    private static final int SILENT_FAILURES = 3;

    private final Supplier<CompletionStage<ProxyPage>> pages;
    private final Optional<DestinationReports> destinations;
    private final InstantSource clock;
    private volatile Optional<String> release = Optional.empty();
    private int failures;

    /**
     * @param pages asks Dovecot
     * @param destinations what becomes of a proxy's counters; empty on a backend
     */
    public StatisticsWatch(
            Supplier<CompletionStage<ProxyPage>> pages,
            Optional<DestinationReports> destinations,
            InstantSource clock) {
        this.pages = requireNonNull(pages, "pages is null");
        this.destinations = requireNonNull(destinations, "destinations is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Dovecot's version, as it said last. */
    Optional<String> release() {
        return release;
    }

    /** What a proxy counted in the window that ends now; empty if there is nothing to compare with yet. Never fails. */
    CompletionStage<Optional<Span<HostTraffic>>> read() {
        return pages.get().thenApply(this::taken).exceptionally(this::missed);
    }

    private Optional<Span<HostTraffic>> taken(ProxyPage page) {
        if (failures >= SILENT_FAILURES) {
            log.info("Dovecot's statistics are there again");
        }
        failures = 0;
        release = page.release();
        return destinations.flatMap(reports -> reports.read(page, clock.instant()));
    }

    private Optional<Span<HostTraffic>> missed(Throwable failure) {
        release = Optional.empty();
        failures++;
        if (failures == SILENT_FAILURES) {
            log.warn(
                    "Dovecot's statistics cannot be read{}, trying on; see cluster_dovecot_statistics_url: {}",
                    destinations.isPresent() ? ", so none are published" : "",
                    FailureText.of(failure));
        }
        return Optional.empty();
    }

    /** The rows of a window. */
    List<DestinationStatistics> rows(SiteId site, Span<HostTraffic> window) {
        return destinations.map(reports -> reports.rows(site, window)).orElse(List.of());
    }
}
