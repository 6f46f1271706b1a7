package org.pombal.controller.metrics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.pombal.controller.automation.UsersCounted;
import org.pombal.model.backend.BackendId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;

/** How much a site's backends have to do, and for how many users. */
final class LoadMetrics {

    /** How long what a backend measured counts; they may measure as seldom as each ten minutes. */
    private static final Duration LAST = Duration.ofMinutes(15);

    private final Gauges gauges;
    private final String site;
    private final SiteFigures figures;

    private LoadMetrics(Gauges gauges, String site, SiteFigures figures) {
        this.gauges = requireNonNull(gauges, "gauges is null");
        this.site = requireNonNull(site, "site is null");
        this.figures = requireNonNull(figures, "figures is null");
    }

    static void add(Gauges gauges, String site, SiteFigures figures, Instant now) {
        LoadMetrics metrics = new LoadMetrics(gauges, site, figures);
        metrics.loads(now);
        metrics.users();
    }

    /** What backends measure. One that has been silent for long is not shown: what it had says nothing any more. */
    private void loads(Instant now) {
        Map<BackendId, BackendLoad> fresh = new HashMap<>();
        figures.loads().stream()
                .filter(load -> !load.at().plus(LAST).isBefore(now))
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
        gauges.add(
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
        gauges.add(
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
        gauges.add(
                name, help, gauge -> figures.backends().forEach(backend -> Optional.ofNullable(loads.get(backend.id()))
                        .flatMap(value)
                        .ifPresent(number -> gauge.add(
                                number, "site", site, "backend", backend.host().value()))));
    }
}
