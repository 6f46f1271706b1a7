package org.pombal.controller.api;

import static java.util.stream.Collectors.toMap;
import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.ToDoubleFunction;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.model.backend.BackendId;
import org.pombal.model.balance.NodeScores;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.operations.Cluster;
import org.pombal.operations.LoadOperations;
import org.pombal.operations.LoadOperations.Listed;
import org.pombal.settings.Settings;

/** How loaded backends and groups are, as the nodes beside them measured last. */
@Tag(name = "Load")
@Controller("/api/v1/sites/{site}")
@Secured(Roles.VIEWER)
final class LoadRoutes {

    /**
     * The load of a backend.
     *
     * @param at when it was measured, by the clock of its node
     * @param measuredSeconds for how long it has been measured without a break
     * @param metrics of its machine: memused and cpu are parts of the whole, sessions a number, cache pages a second that were read again
     * @param scores by metric, how many standard deviations of all backends it is above their mean; empty if the measurement is too old
     * @param groups how many were measured
     * @param sessions of users of its groups
     * @param logins a second
     * @param deliveries a second
     * @param load one number for sessions, logins and deliveries, in sessions
     */
    @Schema(name = "MeasuredBackend")
    record BackendLoadBody(
            String backend,
            Instant at,
            long measuredSeconds,
            Map<String, Double> metrics,
            Map<String, Double> scores,
            int groups,
            double sessions,
            double logins,
            double deliveries,
            double load) {}

    /**
     * The load of a group.
     *
     * @param sessions that its users have
     * @param load one number for sessions, logins and deliveries, in sessions
     */
    @Schema(name = "MeasuredGroup")
    record GroupLoadBody(double sessions, double load) {}

    /**
     * The loads of the groups of a backend.
     *
     * @param groups by name
     */
    @Schema(name = "MeasuredGroups")
    record GroupLoadsBody(String backend, Instant at, Map<String, GroupLoadBody> groups) {}

    private static final double THOUSANDTHS = 1000;

    private final Cluster cluster;
    private final Duration opening;
    private final Duration maxAge;

    LoadRoutes(Cluster cluster, Settings settings) {
        this.cluster = cluster;
        this.opening = settings.get(BalanceSettings.OPENING);
        this.maxAge = settings.get(BalanceSettings.MAX_AGE);
    }

    /** Lists how loaded the backends of a site are; without those that nobody has measured in the last day. */
    @Get("/backend-loads")
    CompletionStage<Items<BackendLoadBody>> backends(String site) {
        return value(new LoadOperations(cluster).list(site)).thenApply(loads -> {
            Map<BackendId, Map<String, Double>> scores = NodeScores.of(loads.stream()
                    .map(Listed::load)
                    .filter(this::isFresh)
                    .collect(toMap(BackendLoad::backend, BackendLoad::host)));
            return Items.all(loads.stream()
                    .map(load -> shown(load, scores.getOrDefault(load.backend().id(), Map.of())))
                    .toList());
        });
    }

    private boolean isFresh(BackendLoad load) {
        return Duration.between(load.at(), cluster.clock().instant()).abs().compareTo(maxAge) <= 0;
    }

    private BackendLoadBody shown(Listed listed, Map<String, Double> scores) {
        BackendLoad load = listed.load();
        Map<String, Double> metrics = new TreeMap<>();
        load.host().forEach((metric, measured) -> metrics.put(metric.toString(), rounded(measured)));
        Map<String, Double> own = new TreeMap<>();
        scores.forEach((metric, score) -> own.put(metric, rounded(score)));
        Collection<GroupTraffic> groups = load.groups().values();
        return new BackendLoadBody(
                listed.backend().host().value(),
                load.at(),
                load.measured().toSeconds(),
                metrics,
                own,
                groups.size(),
                sum(groups, GroupTraffic::sessions),
                sum(groups, GroupTraffic::logins),
                sum(groups, GroupTraffic::deliveries),
                sum(groups, group -> group.load(opening)));
    }

    private static double sum(Collection<GroupTraffic> groups, ToDoubleFunction<GroupTraffic> of) {
        return rounded(groups.stream().mapToDouble(of).sum());
    }

    /** Lists how loaded the groups of a site are, by the backends that have them. */
    @Get("/group-loads")
    CompletionStage<Items<GroupLoadsBody>> groups(String site) {
        return value(new LoadOperations(cluster).list(site))
                .thenApply(loads -> Items.all(loads.stream().map(this::groups).toList()));
    }

    private GroupLoadsBody groups(Listed listed) {
        Map<String, GroupLoadBody> groups = new TreeMap<>();
        listed.load()
                .groups()
                .forEach((group, traffic) -> groups.put(
                        group.name(), new GroupLoadBody(rounded(traffic.sessions()), rounded(traffic.load(opening)))));
        return new GroupLoadsBody(listed.backend().host().value(), listed.load().at(), groups);
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
