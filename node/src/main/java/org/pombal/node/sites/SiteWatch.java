package org.pombal.node.sites;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.ReachabilityJudge;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beside a proxy: looks at an interval whether the other sites can be reached, by a check of its own and by what the proxy has
 * published about sessions and mail that went there, and tells GeoDB. Nothing waits for it.
 */
public final class SiteWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SiteWatch.class);
    private static final int AT_ONCE = 4;

    private final GeoDb geoDb;
    private final HostName proxy;
    private final Sites sites;
    private final SiteCheck check;
    private final LongSupplier nanoTime;
    private final Duration interval;
    private final Map<SiteId, ReachabilityJudge> judges = new HashMap<>();
    private final Map<SiteId, Long> successes = new HashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ExecutorService threads;

    /** The sites there are, as this node knows them. */
    public interface Sites {

        /** The node's own; empty while it is not known. */
        Optional<SiteId> own();

        Collection<Site> all();
    }

    /** @param nanoTime a clock that never goes back */
    public SiteWatch(
            GeoDb geoDb, HostName proxy, Sites sites, SiteCheck check, LongSupplier nanoTime, Duration interval) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.proxy = requireNonNull(proxy, "proxy is null");
        this.sites = requireNonNull(sites, "sites is null");
        this.check = requireNonNull(check, "check is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.interval = requireNonNull(interval, "interval is null");
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "pombal-sites-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(
                this::lookUnlessBusy, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookUnlessBusy() {
        if (looking.compareAndSet(false, true)) {
            look().whenComplete((done, failure) -> {
                looking.set(false);
                if (failure != null) {
                    log.debug("what was seen of other sites is not told: {}", failure.toString());
                }
            });
        }
    }

    /** Looks at all other sites once; done when that is told. */
    CompletionStage<Void> look() {
        Optional<SiteId> own = sites.own();
        if (own.isEmpty()) {
            return completedFuture(null);
        }
        List<Site> others = sites.all().stream()
                .filter(site ->
                        !site.id().equals(own.get()) && site.loadBalancer().isPresent())
                .toList();
        if (others.isEmpty()) {
            return completedFuture(null);
        }
        return checks(others)
                .thenCombine(gotThrough(own.get()), (failures, through) -> judged(own.get(), failures, through))
                .thenCompose(sights -> geoDb.reachability().publish(sights));
    }

    private CompletionStage<Map<Site, Optional<String>>> checks(List<Site> others) {
        Map<Site, CompletableFuture<Optional<String>>> running = new HashMap<>();
        others.forEach(site -> running.put(site, CompletableFuture.supplyAsync(() -> check.failure(site), threads)));
        return CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<Site, Optional<String>> failures = new HashMap<>();
                    running.forEach((site, failure) -> failures.put(site, failure.join()));
                    return failures;
                });
    }

    /** Of each site, how many sessions and mails got through in the window that this proxy published last. */
    private CompletionStage<Map<SiteId, Long>> gotThrough(SiteId own) {
        return geoDb.proxyStatistics().list(own, proxy).handle((rows, failure) -> {
            Map<SiteId, Long> through = new HashMap<>();
            for (DestinationStatistics row : rows == null ? List.<DestinationStatistics>of() : rows) {
                if (row.destination() instanceof ProxyDestination.OfSite site) {
                    through.merge(site.id(), row.counts().successes(), Long::sum);
                }
            }
            return through;
        });
    }

    private synchronized List<SiteSight> judged(
            SiteId own, Map<Site, Optional<String>> failures, Map<SiteId, Long> through) {
        long now = nanoTime.getAsLong();
        List<SiteSight> sights = new ArrayList<>();
        failures.forEach((site, failure) -> {
            ReachabilityJudge judge = judges.computeIfAbsent(site.id(), id -> new ReachabilityJudge());
            ReachabilityJudge.State before = judge.state();
            long count = through.getOrDefault(site.id(), 0L);
            // The windows overlap: more in the later one than in the one before is what surely came since.
            boolean grew = count > successes.getOrDefault(site.id(), Long.MAX_VALUE);
            successes.put(site.id(), count);
            ReachabilityJudge.State state = judge.checked(now, failure, grew);
            tell(site, before, judge);
            if (state != ReachabilityJudge.State.UNKNOWN) {
                sights.add(new SiteSight(
                        own,
                        site.id(),
                        proxy,
                        state == ReachabilityJudge.State.REACHABLE,
                        judge.lasts(now),
                        interval,
                        judge.why(),
                        Duration.ZERO));
            }
        });
        return sights;
    }

    private static void tell(Site site, ReachabilityJudge.State before, ReachabilityJudge judge) {
        if (judge.state() == before) {
            return;
        }
        if (judge.state() == ReachabilityJudge.State.UNREACHABLE) {
            log.atWarn()
                    .addKeyValue("event", "cluster_site_unreachable")
                    .addKeyValue("site", site.name())
                    .log(
                            "site {} is not reachable: {}",
                            site.name(),
                            judge.why().orElse(""));
        } else {
            log.atInfo()
                    .addKeyValue("event", "cluster_site_reachable")
                    .addKeyValue("site", site.name())
                    .log("site {} is reachable", site.name());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
