package org.pombal.node.load;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.BackendLoads;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.backend.Backend;
import org.pombal.model.failure.FailureText;
import org.pombal.model.group.GroupId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.statistics.TrafficMeter;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures at an interval how loaded this machine is and how much each group gives it to do, and tells GeoDB. Nothing waits for it, and
 * what cannot be written is written at the next interval. Never blocks for long.
 */
public final class LoadReporter {

    private static final Logger log = LoggerFactory.getLogger(LoadReporter.class);
    private static final Duration SAME_TROUBLE = Duration.ofMinutes(10);

    private final BackendLoads loads;
    private final Supplier<Optional<Backend>> self;
    private final Supplier<CompletionStage<Map<GroupId, Sample>>> samples;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration interval;
    private final TrafficMeter<GroupId> meter;
    private final AtomicBoolean reporting = new AtomicBoolean();
    private final RateLimitedLog troubles = new RateLimitedLog(log, SAME_TROUBLE, System::nanoTime);
    private @Nullable HostReading before;
    private long beforeNanos;
    private final long began;
    private volatile Map<HostMetric, Double> host = Map.of();

    /**
     * @param self this backend; empty while it is not in GeoDB
     * @param samples of the groups that it owns, each time since the time before
     * @param nanoTime a clock as {@link System#nanoTime()}
     * @param window see {@link TrafficMeter}
     */
    public LoadReporter(
            BackendLoads loads,
            Supplier<Optional<Backend>> self,
            Supplier<CompletionStage<Map<GroupId, Sample>>> samples,
            InstantSource clock,
            LongSupplier nanoTime,
            Duration interval,
            Duration window) {
        this.loads = requireNonNull(loads, "loads is null");
        this.self = requireNonNull(self, "self is null");
        this.samples = requireNonNull(samples, "samples is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.interval = requireNonNull(interval, "interval is null");
        this.meter = new TrafficMeter<>(window);
        this.began = nanoTime.getAsLong();
        this.beforeNanos = began;
        try {
            this.before = HostReading.now();
        } catch (IOException e) {
            troubles.warn("cannot measure how loaded this machine is", e);
        }
    }

    public void register(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("pombal_host_load")
                .help(
                        "How loaded this backend's machine is, by score: memused and cpu as a part of all, sessions, and for cache"
                                + " pages per second that came back into the page cache")
                .labelNames("score")
                .callback(gauge -> host.forEach((metric, value) -> gauge.call(value, metric.toString())))
                .register(registry);
    }

    public void start(ScheduledExecutorService scheduler) {
        long nanos = interval.toNanos();
        scheduler.scheduleWithFixedDelay(this::reportUnlessBusy, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void reportUnlessBusy() {
        if (reporting.compareAndSet(false, true)) {
            report().whenComplete((done, failure) -> reporting.set(false));
        }
    }

    /** Measures and reports once; done when that is written or has failed. */
    CompletionStage<Void> report() {
        return samples.get().thenCompose(this::told).exceptionally(failure -> {
            Throwable cause = FailureText.unwrap(failure);
            // That GeoDB is away others say.
            if (!(cause instanceof GeoDbUnavailableException)) {
                troubles.warn("this node cannot report its load to GeoDB, trying on", cause);
            }
            return null;
        });
    }

    private CompletionStage<Void> told(Map<GroupId, Sample> groups) {
        long now = nanoTime.getAsLong();
        Duration passed = Duration.ofNanos(now - beforeNanos);
        if (passed.isNegative() || passed.isZero()) {
            return completedFuture(null);
        }
        beforeNanos = now;
        meter.add(passed, groups);
        Map<HostMetric, Double> metrics = new EnumMap<>(HostMetric.class);
        metrics.putAll(machine(passed));
        metrics.put(
                HostMetric.SESSIONS,
                groups.values().stream().mapToDouble(Sample::sessions).sum());
        host = metrics;
        Optional<Backend> its = self.get();
        return its.isEmpty()
                ? completedFuture(null)
                : loads.publish(new BackendLoad(
                        its.get().site(),
                        its.get().id(),
                        clock.instant(),
                        Duration.ofNanos(now - began),
                        metrics,
                        meter.means()));
    }

    private Map<HostMetric, Double> machine(Duration passed) {
        try {
            HostReading reading = HostReading.now();
            HostReading earlier = before;
            before = reading;
            return earlier == null ? Map.of() : reading.since(earlier, passed);
        } catch (IOException e) {
            troubles.warn("cannot measure how loaded this machine is", e);
            return Map.of();
        }
    }
}
