package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.pombal.node.cache.RouteCache;
import org.pombal.node.check.SetupWatch;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.localdb.LocalDbHealth;
import org.pombal.node.topology.Topology;

/** What the node's parts tell of themselves when Prometheus asks. */
final class NodeGauges {

    private final PrometheusRegistry registry;

    NodeGauges(PrometheusRegistry registry) {
        this.registry = requireNonNull(registry, "registry is null");
    }

    void register(RouteCache cache, Topology topology, BooleanSupplier inStep) {
        gauge("pombal_known_users", "Users whose group is in memory", cache::size);
        gauge("pombal_route_cache_bytes", "Memory of the route cache", cache::bytes);
        gauge("pombal_known_groups", "User groups in memory", topology::groupCount);
        gauge("pombal_geodb_in_step", "1 if GeoDB's changes are being followed", () -> inStep.getAsBoolean() ? 1 : 0);
    }

    void register(LocalDb localDb) {
        gauge(
                "pombal_localdb_usable",
                "1 if the LocalDB answers and keeps, 0.5 if it only answers, 0 if neither",
                () -> usability(localDb.health().state()));
        gauge("pombal_localdb_users", "Users in the LocalDB", () -> localDb.health()
                .users());
        gauge("pombal_localdb_pending_writes", "Changes that wait to be written to the LocalDB", () -> localDb.health()
                .pendingWrites());
        counter(
                "pombal_localdb_dropped_writes",
                "Users not kept because too many changes were waiting",
                () -> localDb.health().droppedWrites());
        counter("pombal_localdb_rebuilds", "How often the LocalDB was given up and begun anew", () -> localDb.health()
                .rebuilds());
    }

    void register(SetupWatch setup) {
        gauge("pombal_setup_problems", "What was wrong with the set-up when the node started", setup::problems);
    }

    private static double usability(LocalDbHealth.State state) {
        return switch (state) {
            case OK -> 1;
            case READ_ONLY -> 0.5;
            case UNAVAILABLE -> 0;
        };
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(counter -> counter.call(value.getAsDouble()))
                .register(registry);
    }
}
