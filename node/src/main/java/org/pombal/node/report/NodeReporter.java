package org.pombal.node.report;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.pombal.dovecot.statistics.ProxyPage.HostTraffic;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.failure.FailureText;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.CountingWindow.Span;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.testlogin.TestLogins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells GeoDB at an interval that the node is there; a proxy's also how its Dovecot gets on with its destinations. Nothing waits
 * for it, and what fails is told again at the next interval. Never blocks.
 */
public final class NodeReporter {

    private static final Logger log = LoggerFactory.getLogger(NodeReporter.class);
    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SAME_TROUBLE = Duration.ofMinutes(10);

    private final GeoDb geoDb;
    private final ReportedNode node;
    private final Supplier<Optional<SiteId>> site;
    private final Supplier<Optional<Instant>> inStepAt;
    private final StatisticsWatch statistics;
    private final Optional<TestLogins> testLogins;
    private final InstantSource clock;
    private final Duration interval;
    private final Instant startedAt;
    private final AtomicBoolean reporting = new AtomicBoolean();
    private final RateLimitedLog namesakes = new RateLimitedLog(log, SAME_TROUBLE, System::nanoTime);
    private final RateLimitedLog troubles = new RateLimitedLog(log, SAME_TROUBLE, System::nanoTime);

    /**
     * @param site the node's own; empty while it is not known
     * @param inStepAt when the node was in step with GeoDB last
     * @param testLogins empty if none are made from here
     */
    public NodeReporter(
            GeoDb geoDb,
            ReportedNode node,
            Supplier<Optional<SiteId>> site,
            Supplier<Optional<Instant>> inStepAt,
            StatisticsWatch statistics,
            Optional<TestLogins> testLogins,
            InstantSource clock,
            Duration interval) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.node = requireNonNull(node, "node is null");
        this.site = requireNonNull(site, "site is null");
        this.inStepAt = requireNonNull(inStepAt, "inStepAt is null");
        this.statistics = requireNonNull(statistics, "statistics is null");
        this.testLogins = requireNonNull(testLogins, "testLogins is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.interval = requireNonNull(interval, "interval is null");
        // As GeoDB keeps it.
        this.startedAt = clock.instant().truncatedTo(MILLIS);
    }

    /** @param random spreads the reports of nodes that are started together */
    public void start(ScheduledExecutorService scheduler, RandomGenerator random) {
        scheduler.scheduleWithFixedDelay(
                this::reportUnlessBusy,
                random.nextLong(LONGEST_FIRST_PAUSE.toMillis()),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void reportUnlessBusy() {
        if (reporting.compareAndSet(false, true)) {
            report().whenComplete((done, failure) -> reporting.set(false));
        }
    }

    /** Reports once; done when that is written or has failed. */
    CompletionStage<Void> report() {
        return statistics
                .read()
                .thenCompose(window -> site.get().map(its -> tell(its, window)).orElseGet(() -> completedFuture(null)))
                .exceptionally(failure -> {
                    Throwable cause = FailureText.unwrap(failure);
                    // That GeoDB is away others say.
                    if (!(cause instanceof GeoDbUnavailableException)) {
                        troubles.warn("this node cannot report to GeoDB, trying on", cause);
                    }
                    return null;
                });
    }

    private CompletionStage<Void> tell(SiteId its, Optional<Span<HostTraffic>> window) {
        NodeId id = new NodeId(its, node.role(), node.name());
        return geoDb.nodes()
                .find(id)
                .thenAccept(standing -> standing.ifPresent(this::warnOfNamesake))
                .thenCompose(done -> geoDb.dataCentres())
                .thenCompose(centres -> geoDb.nodes().report(report(id, centres.local())))
                .thenCompose(done -> publish(rows(its, window)));
    }

    private List<DestinationStatistics> rows(SiteId its, Optional<Span<HostTraffic>> window) {
        List<DestinationStatistics> rows = new ArrayList<>();
        window.ifPresent(span -> rows.addAll(statistics.rows(its, span)));
        testLogins.ifPresent(logins -> rows.addAll(logins.rows(its, clock.instant())));
        return rows;
    }

    private CompletionStage<Void> publish(List<DestinationStatistics> rows) {
        return rows.isEmpty() ? completedFuture(null) : geoDb.proxyStatistics().publish(rows);
    }

    private NodeReport report(NodeId id, String dataCentre) {
        Instant now = clock.instant();
        return new NodeReport(
                id,
                node.machine(),
                node.version(),
                statistics.release(),
                dataCentre,
                node.peer(),
                startedAt,
                now,
                interval,
                inStepAt.get().map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now)));
    }

    /** Whoever reported under this name after this node started, and did not start when this one did, is another. */
    private void warnOfNamesake(NodeReport standing) {
        if (!standing.startedAt().equals(startedAt) && standing.seenAt().isAfter(startedAt.plus(interval))) {
            namesakes.warn(
                    "another {} reports under this one's name from machine {}: names must differ, see cluster_proxy_name"
                            + " and cluster_backend_name",
                    standing.id(),
                    standing.host());
        }
    }
}
