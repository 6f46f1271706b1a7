package org.pombal.node.routing;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;

/** What routing counts. */
public final class RoutingMetrics {

    private final CounterDataPoint fromMemory;
    private final CounterDataPoint fromLocalDb;
    private final CounterDataPoint fromGeoDb;
    private final CounterDataPoint unavailable;
    private final Counter usersPlaced;
    private final Counter creationsRefused;
    private final Histogram lookupSeconds;

    public RoutingMetrics(PrometheusRegistry registry) {
        Counter lookups = Counter.builder()
                .name("pombal_route_lookups")
                .help("Users routed, by where the knowledge came from")
                .labelNames("source")
                .withoutExemplars()
                .register(registry);
        fromMemory = lookups.labelValues("memory");
        fromLocalDb = lookups.labelValues("localdb");
        fromGeoDb = lookups.labelValues("geodb");
        unavailable = Counter.builder()
                .name("pombal_route_failures")
                .help("Users that could not be routed and got a temporary failure")
                .withoutExemplars()
                .register(registry)
                .labelValues();
        usersPlaced = Counter.builder()
                .name("pombal_users_placed")
                .help("Users placed at their first successful authentication or delivery")
                .register(registry);
        creationsRefused = Counter.builder()
                .name("pombal_user_creations_refused")
                .help("First assignments refused because of cluster_max_user_creations")
                .register(registry);
        lookupSeconds = Histogram.builder()
                .name("pombal_route_lookup_seconds")
                .help("How long lookups took that memory could not answer")
                .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
                .register(registry);
    }

    void answeredFromMemory() {
        fromMemory.inc();
    }

    void answeredFromLocalDb() {
        fromLocalDb.inc();
    }

    void askedGeoDb() {
        fromGeoDb.inc();
    }

    void failed() {
        unavailable.inc();
    }

    void userCreated() {
        usersPlaced.inc();
    }

    void creationRefused() {
        creationsRefused.inc();
    }

    void lookupTook(long nanos) {
        lookupSeconds.observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }
}
