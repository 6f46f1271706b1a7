package org.pombal.node.testlogin;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.LoginWitness;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.CountingWindow;
import org.pombal.model.statistics.CountingWindow.Reading;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.node.testlogin.TestDestinations.Destination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the test user log in at every destination, each once in an interval, spread over it, and counts what comes of it. A destination that
 * takes longer than the interval is not tried twice at a time.
 */
public final class TestLogins implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TestLogins.class);

    /** Many destinations that do not answer must not keep the others from being tried. */
    private static final int AT_ONCE = 32;

    /** So many logins may be missing before the last one says nothing any more, and what they take. */
    private static final int MISSING = 3;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Supplier<List<Destination>> destinations;
    private final Function<Destination, TestOutcome> login;
    private final Duration interval;
    private final HostName proxy;
    private final Counter checks;
    private final Map<ProxyDestination, Counts> counters = new HashMap<>();
    private final Map<ProxyDestination, String> before = new HashMap<>();
    private final CountingWindow<ProxyDestination> window;
    private final LoginWitness witness;
    private final LongSupplier nanoTime;
    private final Set<ProxyDestination> underWay = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;

    /**
     * @param login tries one destination; may block
     * @param proxy the name under which this node publishes
     * @param window how far back what is published reaches
     * @param nanoTime a clock that never goes back
     */
    TestLogins(
            Supplier<List<Destination>> destinations,
            Function<Destination, TestOutcome> login,
            Duration interval,
            HostName proxy,
            Duration window,
            LongSupplier nanoTime,
            PrometheusRegistry registry) {
        this.destinations = requireNonNull(destinations, "destinations is null");
        this.login = requireNonNull(login, "login is null");
        this.interval = requireNonNull(interval, "interval is null");
        this.proxy = requireNonNull(proxy, "proxy is null");
        this.window = new CountingWindow<>(window);
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.witness = new LoginWitness(interval.multipliedBy(MISSING).plus(GRACE));
        this.checks = Counter.builder()
                .name("pombal_test_logins")
                .help("Logins of the test user, by host and what came of it")
                .labelNames("host", "outcome")
                .register(registry);
        // There is at most one login of each destination in the queue.
        this.threads =
                new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "pombal-test-login");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    public void start(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(() -> round(scheduler), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void round(ScheduledExecutorService scheduler) {
        try {
            List<Destination> all = destinations.get();
            forgetOthers(all);
            long step = all.isEmpty() ? 0 : interval.toNanos() / all.size();
            for (int i = 0; i < all.size(); i++) {
                Destination destination = all.get(i);
                scheduler.schedule(() -> submit(destination), i * step, TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            log.trace("the node stops", e);
        } catch (RuntimeException e) {
            log.error("internal error while test logins were planned", e);
        }
    }

    private void submit(Destination destination) {
        if (underWay.add(destination.id())) {
            try {
                threads.execute(() -> {
                    try {
                        tryOnce(destination);
                    } finally {
                        underWay.remove(destination.id());
                    }
                });
            } catch (RejectedExecutionException e) {
                log.trace("the node stops", e);
            }
        }
    }

    /** Logs in once; blocks. */
    void tryOnce(Destination destination) {
        TestOutcome outcome = login.apply(destination);
        checks.labelValues(destination.host(), outcome.label()).inc();
        String last;
        synchronized (this) {
            counters.merge(destination.id(), outcome.counts(), Counts::plus);
            last = String.valueOf(before.put(destination.id(), outcome.label()));
            if (destination.id() instanceof ProxyDestination.OfSite site) {
                witness.at(site.id(), nanoTime.getAsLong(), outcome.finding(), outcome.reason());
            } else {
                witness.atHome(nanoTime.getAsLong(), outcome.finding());
            }
        }
        if (!last.equals(outcome.label())) {
            tell(destination, outcome, last);
        }
    }

    private static void tell(Destination destination, TestOutcome outcome, String last) {
        boolean good = outcome instanceof TestOutcome.Succeeded;
        (good ? log.atInfo() : log.atWarn())
                .addKeyValue("event", "cluster_backend_check_finished")
                .addKeyValue("backend_host", destination.host())
                .addKeyValue("status", outcome.label())
                .log(
                        "test login at {}: {} (before: {})",
                        destination.host(),
                        outcome.reason(),
                        last.equals("null") ? "none" : last);
    }

    private synchronized void forgetOthers(List<Destination> known) {
        Set<ProxyDestination> ids = known.stream().map(Destination::id).collect(toSet());
        counters.keySet().retainAll(ids);
        before.keySet().retainAll(ids);
    }

    /** Why another site is not to be called reachable although its load balancer greets; empty if nothing speaks against it. */
    public synchronized Optional<String> objection(SiteId site) {
        return witness.objection(site, nanoTime.getAsLong());
    }

    /** What is to be published; nothing at the first call, which only tells from when on is counted. */
    public synchronized List<DestinationStatistics> rows(SiteId site, Instant now) {
        List<DestinationStatistics> rows = new ArrayList<>();
        window.add(new Reading<>(now, Instant.EPOCH, counters)).ifPresent(span -> span.counts()
                .forEach((destination, counts) -> rows.add(new DestinationStatistics(
                        site, proxy, destination, Traffic.PROBES, span.from(), span.until(), counts))));
        return rows;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
