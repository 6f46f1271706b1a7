package org.pombal.controller.metrics;

import static java.util.Objects.requireNonNull;
import static org.pombal.controller.metrics.Gauges.seconds;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pombal.controller.task.TaskWatch.Seen;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeReport;
import org.pombal.model.task.TaskQueue;
import org.pombal.operations.ProxyOperations.Statistics;

/** The metrics of a site, from its figures. All of them are gauges: they say how it is, and what proxies saw in their last window. */
final class SiteMetrics {

    private final Gauges gauges = new Gauges();
    private final String site;
    private final SiteFigures figures;
    private final Instant now;

    private SiteMetrics(String site, SiteFigures figures, Instant now) {
        this.site = requireNonNull(site, "site is null");
        this.figures = requireNonNull(figures, "figures is null");
        this.now = requireNonNull(now, "now is null");
    }

    /**
     * All of them.
     *
     * @param leads whether this controller is the one that acts
     * @param queues of tasks; empty while they cannot be reached
     */
    static MetricSnapshots of(
            String site, SiteFigures figures, boolean leads, Optional<Map<TaskQueue, Seen>> queues, Instant now) {
        SiteMetrics metrics = new SiteMetrics(site, figures, now);
        metrics.gauges.add(
                "pombal_controller_leader",
                "1 if this controller is the one that acts for the site",
                gauge -> gauge.add(leads ? 1 : 0, "site", site));
        metrics.backends();
        metrics.groups();
        LoadMetrics.add(metrics.gauges, site, figures, now);
        metrics.nodes();
        metrics.statistics();
        TaskMetrics.add(metrics.gauges, site, queues, now);
        ScaleMetrics.add(metrics.gauges, site, figures, now);
        return metrics.gauges.snapshots();
    }

    private void backends() {
        gauges.add(
                "pombal_backend_status",
                "1 for the status that the backend has, 0 for the others",
                gauge -> figures.backends().forEach(backend -> Arrays.stream(BackendStatus.values())
                        .forEach(status -> gauge.add(
                                backend.status() == status ? 1 : 0,
                                "site",
                                site,
                                "backend",
                                backend.host().value(),
                                "status",
                                status.toString()))));
        gauges.add(
                "pombal_backend_load_factor",
                "The backend's part of the site's load, 0 to 100",
                gauge -> figures.backends()
                        .forEach(backend -> gauge.add(
                                backend.loadFactor().percent(),
                                "site",
                                site,
                                "backend",
                                backend.host().value())));
    }

    private void groups() {
        Map<BackendId, Integer> owned = new HashMap<>();
        Map<BackendId, Integer> arriving = new HashMap<>();
        for (UserGroup group : figures.groups()) {
            owned.merge(group.backend(), 1, Integer::sum);
            group.move().ifPresent(move -> arriving.merge(move.dest(), 1, Integer::sum));
        }
        gauges.add("pombal_backend_groups", "User groups that the backend owns", gauge -> perBackend(gauge, owned));
        gauges.add(
                "pombal_backend_groups_arriving",
                "User groups that are moving to the backend",
                gauge -> perBackend(gauge, arriving));
        gauges.add("pombal_moves", "Moves of user groups by their phase", gauge -> {
            long moving = figures.groups().stream().filter(UserGroup::isMoving).count();
            long handedOver =
                    figures.groups().stream().filter(UserGroup::isInHandover).count();
            gauge.add((double) (moving - handedOver), "site", site, "phase", "proposed");
            gauge.add((double) handedOver, "site", site, "phase", "handover");
        });
        gauges.add(
                "pombal_groups_imbalance",
                "The largest ratio of a backend's groups to those that it is to have by its load factor; 1 is even",
                gauge -> gauge.add(imbalance(owned), "site", site));
    }

    private void perBackend(Gauges.Gauge gauge, Map<BackendId, Integer> counts) {
        figures.backends()
                .forEach(backend -> gauge.add(
                        counts.getOrDefault(backend.id(), 0),
                        "site",
                        site,
                        "backend",
                        backend.host().value()));
    }

    private double imbalance(Map<BackendId, Integer> owned) {
        int factors = figures.backends().stream()
                .filter(Backend::takesNewGroups)
                .mapToInt(backend -> backend.loadFactor().percent())
                .sum();
        int groups = figures.groups().size();
        return groups == 0
                ? 1
                : figures.backends().stream()
                        .filter(Backend::takesNewGroups)
                        .mapToDouble(backend -> owned.getOrDefault(backend.id(), 0)
                                / ((double) groups * backend.loadFactor().percent() / factors))
                        .max()
                        .orElse(1);
    }

    private void nodes() {
        gauges.add("pombal_node_up", "1 if the node has reported of late, 0 if it may be gone", gauge -> figures.nodes()
                .forEach(node -> gauge.add(node.isStale(now) ? 0 : 1, labels(node))));
        gauges.add(
                "pombal_node_lag_seconds", "How far the node's knowledge of GeoDB is behind", gauge -> figures.nodes()
                        .forEach(node -> node.lag().ifPresent(lag -> gauge.add(seconds(lag), labels(node)))));
    }

    private String[] labels(NodeReport node) {
        return new String[] {
            "site",
            site,
            "role",
            node.id().role().toString(),
            "node",
            node.id().name().value()
        };
    }

    private void statistics() {
        gauges.add(
                "pombal_proxy_attempts",
                "What a proxy tried with a destination in its last window",
                gauge -> figures.statistics()
                        .forEach(row -> gauge.add((double) row.row().counts().attempts(), labels(row))));
        gauges.add("pombal_proxy_successes", "What of that succeeded", gauge -> figures.statistics()
                .forEach(row -> gauge.add((double) row.row().counts().successes(), labels(row))));
        gauges.add(
                "pombal_proxy_failures",
                "What of that failed for the destination's sake, by kind",
                gauge -> figures.statistics().forEach(row -> row.row()
                        .counts()
                        .failures()
                        .forEach((kind, count) ->
                                gauge.add(count.doubleValue(), with(labels(row), "kind", kind.toString())))));
        gauges.add("pombal_proxy_latency_seconds", "Mean time to success", gauge -> figures.statistics()
                .forEach(row ->
                        row.row().counts().latency().ifPresent(latency -> gauge.add(seconds(latency), labels(row)))));
    }

    private String[] labels(Statistics row) {
        return new String[] {
            "site",
            site,
            "proxy",
            row.row().proxy().value(),
            row.isSite() ? "to_site" : "backend",
            row.destination(),
            "traffic",
            row.row().traffic().toString()
        };
    }

    private static String[] with(String[] labels, String name, String value) {
        String[] more = Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = name;
        more[labels.length + 1] = value;
        return more;
    }
}
