package org.pombal.node.failover;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What is counted of failovers. */
public final class FailoverMetrics {

    private static final double NANOS = 1e9;

    private final Gauge leads;
    private final Gauge backends;
    private final Counter gone;
    private final Counter taken;
    private final Counter fences;
    private final Histogram seconds;
    private final Gauge held;

    public FailoverMetrics(PrometheusRegistry registry) {
        leads = Gauge.builder()
                .name("pombal_failover_leader")
                .help("1 if this node sees to the failovers of its site")
                .register(registry);
        backends = Gauge.builder()
                .name("pombal_failover_backends")
                .help("Backends whose leases this node watches, by how they are; all if it sees to the failovers")
                .labelNames("state")
                .register(registry);
        gone = Counter.builder()
                .name("pombal_failover_backends_gone")
                .help("Backends that were found gone while this node saw to the failovers")
                .register(registry);
        taken = Counter.builder()
                .name("pombal_failover_groups")
                .help("User groups that this node gave to another backend because theirs was gone")
                .register(registry);
        fences = Counter.builder()
                .name("pombal_failover_fence_commands")
                .help("Runs of the fence command, by whether they succeeded")
                .labelNames("succeeded")
                .register(registry);
        seconds = Histogram.builder()
                .name("pombal_failover_seconds")
                .help("From the last sign of life of a backend until all its groups were given to others")
                .classicUpperBounds(1, 2, 4, 6, 7, 8, 10, 15, 30, 60, 300)
                .register(registry);
        held = Gauge.builder()
                .name("pombal_failover_groups_held")
                .help(
                        "User groups that are not placed on another backend because backend after backend broke with them, if this node"
                                + " sees to the failovers of its site")
                .register(registry);
    }

    void held(int groups) {
        held.set(groups);
    }

    void leads(boolean does) {
        leads.set(does ? 1 : 0);
    }

    void backends(Map<BackendState, Long> counts) {
        for (BackendState state : BackendState.values()) {
            backends.labelValues(state.name().toLowerCase(Locale.ROOT)).set(counts.getOrDefault(state, 0L));
        }
    }

    void gone() {
        gone.inc();
    }

    void taken() {
        taken.inc();
    }

    void fenced(boolean succeeded) {
        fences.labelValues(String.valueOf(succeeded)).inc();
    }

    void took(Duration sinceLastSign) {
        seconds.observe(sinceLastSign.toNanos() / NANOS);
    }
}
