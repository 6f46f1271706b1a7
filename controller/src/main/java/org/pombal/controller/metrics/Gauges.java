package org.pombal.controller.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gauges in the making. */
final class Gauges {

    /** Points of one gauge in the making. */
    static final class Gauge {

        private final String name;
        private final String help;
        private final List<GaugeDataPointSnapshot> points = new ArrayList<>();

        private Gauge(String name, String help) {
            this.name = name;
            this.help = help;
        }

        void add(double value, String... labels) {
            points.add(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of(labels))
                    .value(value)
                    .build());
        }

        private MetricSnapshot snapshot() {
            return new GaugeSnapshot(new MetricMetadata(name, help), points);
        }
    }

    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    /** @param fill adds the points */
    void add(String name, String help, Consumer<Gauge> fill) {
        Gauge gauge = new Gauge(name, help);
        fill.accept(gauge);
        snapshots.add(gauge.snapshot());
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(snapshots);
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
