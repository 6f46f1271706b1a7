package org.pombal.controller.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.pombal.controller.automation.UsersCounted;
import org.pombal.controller.task.TaskWatch.Seen;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeReport;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.task.TaskQueue;
import org.pombal.operations.ProxyOperations.Statistics;

/** The metrics of a site, from its figures. All of them are gauges: they say how it is, and what proxies saw in their last window. */
final class SiteMetrics {

    /** Points of one gauge in the making. */
    private static final class Gauge {

        private final String name;
        private final String help;
        private final List<GaugeDataPointSnapshot> points = new ArrayList<>();

        Gauge(String name, String help) {
            this.name = name;
            this.help = help;
        }

        void add(double value, String... labels) {
            points.add(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of(labels))
                    .value(value)
                    .build());
        }

        MetricSnapshot snapshot() {
            return new GaugeSnapshot(new MetricMetadata(name, help), points);
        }
    }

    /** How long what a backend measured counts; they may measure as seldom as each ten minutes. */
    private static final Duration LOADS_LAST = Duration.ofMinutes(15);

    private final List<MetricSnapshot> snapshots = new ArrayList<>();
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
        metrics.gauge(
                "pombal_controller_leader",
                "1 if this controller is the one that acts for the site",
                gauge -> gauge.add(leads ? 1 : 0, "site", site));
        metrics.backends();
        metrics.groups();
        metrics.loads();
        metrics.users();
        metrics.nodes();
        metrics.statistics();
        metrics.tasks(queues);
        return new MetricSnapshots(metrics.snapshots);
    }

    private void gauge(String name, String help, Consumer<Gauge> fill) {
        Gauge gauge = new Gauge(name, help);
        fill.accept(gauge);
        snapshots.add(gauge.snapshot());
    }

    private void backends() {
        gauge(
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
        gauge(
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
        gauge("pombal_backend_groups", "User groups that the backend owns", gauge -> perBackend(gauge, owned));
        gauge(
                "pombal_backend_groups_arriving",
                "User groups that are moving to the backend",
                gauge -> perBackend(gauge, arriving));
        gauge("pombal_moves", "Moves of user groups by their phase", gauge -> {
            long moving = figures.groups().stream().filter(UserGroup::isMoving).count();
            long handedOver =
                    figures.groups().stream().filter(UserGroup::isInHandover).count();
            gauge.add((double) (moving - handedOver), "site", site, "phase", "proposed");
            gauge.add((double) handedOver, "site", site, "phase", "handover");
        });
        gauge(
                "pombal_groups_imbalance",
                "The largest ratio of a backend's groups to those that it is to have by its load factor; 1 is even",
                gauge -> gauge.add(imbalance(owned), "site", site));
    }

    private void perBackend(Gauge gauge, Map<BackendId, Integer> counts) {
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

    /** What backends measure. One that has been silent for long is not shown: what it had says nothing any more. */
    private void loads() {
        Map<BackendId, BackendLoad> fresh = new HashMap<>();
        figures.loads().stream()
                .filter(load -> !load.at().plus(LOADS_LAST).isBefore(now))
                .forEach(load -> fresh.put(load.backend(), load));
        measured(
                fresh,
                "pombal_backend_sessions",
                "Processes of the backend that have mailboxes open",
                load -> Optional.ofNullable(load.host().get(HostMetric.SESSIONS)));
        measured(
                fresh,
                "pombal_backend_logins_per_second",
                "Logins to the backend's groups, as a mean over a while",
                load -> sum(load, GroupTraffic::logins));
        measured(
                fresh,
                "pombal_backend_deliveries_per_second",
                "Deliveries to the backend's groups, and whatever else opens mailboxes without a login, as a mean over a while",
                load -> sum(load, GroupTraffic::deliveries));
    }

    /** By the groups that the backends had then. */
    private void users() {
        Map<BackendId, Long> counted =
                figures.users().map(UsersCounted::byBackend).orElse(Map.of());
        gauge(
                "pombal_backend_users",
                "Users of the backend's groups when all were counted last, as balancing of users does once a day",
                gauge -> figures.backends().stream()
                        .filter(backend -> figures.users().isPresent())
                        .forEach(backend -> gauge.add(
                                (double) counted.getOrDefault(backend.id(), 0L),
                                "site",
                                site,
                                "backend",
                                backend.host().value())));
        gauge(
                "pombal_users_counted_timestamp_seconds",
                "When users were counted last, in Unix time",
                gauge -> figures.users().ifPresent(users -> gauge.add(users.at() / 1e3, "site", site)));
    }

    private static Optional<Double> sum(BackendLoad load, ToDoubleFunction<GroupTraffic> part) {
        return Optional.of(load.groups().values().stream().mapToDouble(part).sum());
    }

    private void measured(
            Map<BackendId, BackendLoad> loads,
            String name,
            String help,
            Function<BackendLoad, Optional<Double>> value) {
        gauge(name, help, gauge -> figures.backends().forEach(backend -> Optional.ofNullable(loads.get(backend.id()))
                .flatMap(value)
                .ifPresent(number -> gauge.add(
                        number, "site", site, "backend", backend.host().value()))));
    }

    private void nodes() {
        gauge("pombal_node_up", "1 if the node has reported of late, 0 if it may be gone", gauge -> figures.nodes()
                .forEach(node -> gauge.add(node.isStale(now) ? 0 : 1, labels(node))));
        gauge("pombal_node_lag_seconds", "How far the node's knowledge of GeoDB is behind", gauge -> figures.nodes()
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
        gauge(
                "pombal_proxy_attempts",
                "What a proxy tried with a destination in its last window",
                gauge -> figures.statistics()
                        .forEach(row -> gauge.add((double) row.row().counts().attempts(), labels(row))));
        gauge("pombal_proxy_successes", "What of that succeeded", gauge -> figures.statistics()
                .forEach(row -> gauge.add((double) row.row().counts().successes(), labels(row))));
        gauge(
                "pombal_proxy_failures",
                "What of that failed for the destination's sake, by kind",
                gauge -> figures.statistics().forEach(row -> row.row()
                        .counts()
                        .failures()
                        .forEach((kind, count) ->
                                gauge.add(count.doubleValue(), with(labels(row), "kind", kind.toString())))));
        gauge("pombal_proxy_latency_seconds", "Mean time to success", gauge -> figures.statistics()
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

    private void tasks(Optional<Map<TaskQueue, Seen>> queues) {
        gauge(
                "pombal_tasks_up",
                "1 if this controller reaches the queues of tasks",
                gauge -> gauge.add(queues.isPresent() ? 1 : 0, "site", site));
        Map<TaskQueue, Seen> known = queues.orElse(Map.of());
        perQueue(known, "pombal_tasks_waiting", "Tasks that no worker has in hand", seen -> seen.figures()
                .waiting());
        perQueue(known, "pombal_tasks_running", "Tasks in the hands of workers", seen -> seen.figures()
                .running());
        perQueue(
                known,
                "pombal_task_lag_seconds",
                "For how long the task has waited that is next",
                seen -> seconds(seen.figures().lag()));
        perQueue(
                known,
                "pombal_tasks_done",
                "Tasks that were done; begins again at 0 when Redis, or without Redis the controller, starts anew",
                seen -> seen.figures().done());
        perQueue(
                known,
                "pombal_tasks_given_up",
                "Tasks that were given up; begins again at 0 as pombal_tasks_done does",
                seen -> seen.figures().givenUp());
        perQueue(
                known,
                "pombal_tasks_unreadable",
                "Tasks that were taken out of Redis because they could not be read; begins again at 0 as pombal_tasks_done does",
                seen -> seen.figures().unreadable());
        gauge(
                "pombal_task_pulse_age_seconds",
                "How long ago the last pulse of the queue was done, which shows that the leader queues and that a worker does",
                gauge -> known.forEach((queue, seen) -> seen.pulsedAt()
                        .ifPresent(at -> gauge.add(
                                Math.max(0, seconds(Duration.between(at, now))),
                                "site",
                                site,
                                "queue",
                                queue.toString()))));
        perQueue(known, "pombal_task_workers", "Workers that are there", seen -> seen.workers()
                .size());
    }

    private void perQueue(Map<TaskQueue, Seen> queues, String name, String help, ToDoubleFunction<Seen> value) {
        gauge(
                name,
                help,
                gauge -> queues.forEach((queue, seen) ->
                        gauge.add(value.applyAsDouble(seen), "site", site, "queue", queue.toString())));
    }

    private static String[] with(String[] labels, String name, String value) {
        String[] more = Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = name;
        more[labels.length + 1] = value;
        return more;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
