package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pombal.geodb.RequestObserver;

/** How long the requests of this process to GeoDB take, by what they cost it and whether they succeeded. */
public final class GeoDbMetrics implements RequestObserver {

    private final Map<Kind, DistributionDataPoint> answered = new EnumMap<>(Kind.class);
    private final Map<Kind, DistributionDataPoint> failed = new EnumMap<>(Kind.class);

    public GeoDbMetrics(PrometheusRegistry registry) {
        Histogram seconds = Histogram.builder()
                .name("pombal_geodb_request_seconds")
                .help("How long requests to GeoDB took: reads, serial reads, writes, compare-and-sets; ok, or failed")
                .labelNames("kind", "outcome")
                .classicOnly()
                .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
                .withoutExemplars()
                .register(registry);
        for (Kind kind : Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            answered.put(kind, seconds.labelValues(name, "ok"));
            failed.put(kind, seconds.labelValues(name, "failed"));
        }
    }

    @Override
    public void answered(Kind kind, boolean succeeded, long nanos) {
        Map<Kind, DistributionDataPoint> points = succeeded ? answered : failed;
        requireNonNull(points.get(kind)).observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }
}
