package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.settings.BalanceMode;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.BalanceMove;
import org.pombal.model.balance.BalancePlan;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.ClassicBalancer;
import org.pombal.model.balance.HostScore;
import org.pombal.model.balance.LoadBalancer;
import org.pombal.model.balance.MeasuredLoads;
import org.pombal.model.balance.NodeScores;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupHolds.Hold;
import org.pombal.settings.Settings;

/** Balances the load of the site's backends, as the planner does or as the original. */
public final class LoadBalancing {

    static final String NAME = "load-balancing";

    private final Cluster cluster;
    private final SiteSight sight;
    private final BalanceRules rules;
    private final BalanceMode mode;
    private final HostScore score;
    private final Duration opening;
    private final Duration interval;
    private final Optional<Prometheus> prometheus;
    private volatile @Nullable Asked asked;

    /** When Prometheus was asked last, and whether it answered. */
    private record Asked(boolean answered, Instant at) {}

    LoadBalancing(Cluster cluster, SiteSight sight, Settings settings) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.sight = requireNonNull(sight, "sight is null");
        this.rules = BalanceSettings.rules(settings);
        this.mode = settings.get(BalanceSettings.MODE);
        this.score = settings.get(BalanceSettings.SCORE);
        this.opening = settings.get(BalanceSettings.OPENING);
        this.interval = settings.get(BalanceSettings.INTERVAL);
        Optional<URI> url = settings.get(BalanceSettings.PROMETHEUS);
        this.prometheus = url.map(Prometheus::new);
    }

    /**
     * Scores of backends.
     *
     * @param source prometheus or nodes
     */
    private record Scored(
            Map<BackendId, Map<String, Double>> scores,
            long samples,
            Instant newest,
            String source,
            List<String> notes) {}

    String run(TaskContext task) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        FeatureState state = sight.state(site, Feature.LOAD_BALANCING);
        if (state == FeatureState.OFF) {
            return "the feature is off";
        }
        return carriedOut(task, site, state, false).inShort();
    }

    /** A plan out of turn that is carried out, whatever the feature says: an operator has asked for it. */
    String extra(TaskContext task) throws InterruptedException, ExecutionException {
        return carriedOut(task, sight.site(), FeatureState.ON, true).inShort();
    }

    /** Whether Prometheus answered, if it was asked within two intervals. */
    Optional<Boolean> prometheusAnswers() {
        return Optional.ofNullable(asked)
                .filter(last -> last.at().plus(interval.multipliedBy(2)).isAfter(sight.now()))
                .map(Asked::answered);
    }

    /** What would be done now; nothing is. */
    Plan simulated() throws InterruptedException, ExecutionException {
        return planned(sight.site(), FeatureState.DRYRUN, false).plan();
    }

    /**
     * A plan, and the moves to begin with.
     *
     * @param moved when groups were moved last
     */
    private record Planned(Plan plan, List<BalanceMove> begin, Map<GroupId, Instant> moved) {}

    private Plan carriedOut(TaskContext task, Site site, FeatureState state, boolean byHand)
            throws InterruptedException, ExecutionException {
        Planned planned = planned(site, state, byHand);
        Plan plan = planned.plan();
        if (state == FeatureState.ON) {
            Acts acts = new Acts(cluster, site, NAME);
            Map<GroupId, Instant> moved = new HashMap<>(planned.moved());
            List<Step> steps = new ArrayList<>();
            for (BalanceMove move : planned.begin()) {
                Step done = acts.move(task, move.group(), move.to().host(), Moves.step(move));
                steps.add(done);
                if (done.outcome().equals(Step.DONE)) {
                    moved.put(move.group().id(), sight.now());
                }
            }
            plan.steps().stream().skip(steps.size()).forEach(steps::add);
            if (!planned.begin().isEmpty()) {
                sight.write(task, site, MovedGroups.NOTE, MovedGroups.write(moved, sight.now(), rules.cooldown()));
            }
            plan = new Plan(
                    NAME, plan.at(), plan.mode(), plan.summary(), steps, plan.more(), plan.notes(), plan.figures());
        }
        sight.write(task, site, NAME, plan.toText());
        return plan;
    }

    private Planned planned(Site site, FeatureState state, boolean byHand)
            throws InterruptedException, ExecutionException {
        Instant now = sight.now();
        BalanceRules used = byHand ? rules.byHand() : rules;
        List<Backend> backends = sight.backends(site);
        List<BackendLoad> loads = sight.loads(site);
        List<Hold> held = sight.held(site);
        Map<GroupId, Instant> moved = MovedGroups.read(site.id(), sight.note(site, MovedGroups.NOTE));
        BalanceFacts measured =
                MeasuredLoads.facts(now, backends, sight.groups(site, held), loads, moved, opening, used);
        Scored scored = scored(site, backends, loads, measured);
        BalancePlan plan = mode == BalanceMode.PLANNER
                ? LoadBalancer.plan(measured, used)
                : ClassicBalancer.plan(
                        new BalanceFacts(now, backends, measured.groups(), scored.samples(), scored.newest()),
                        used,
                        scored.scores().entrySet().stream()
                                .collect(toMap(Map.Entry::getKey, entry -> score.of(entry.getValue()))));
        List<String> notes = new ArrayList<>(plan.notes());
        notes.addAll(scored.notes());
        held.forEach(hold -> notes.add("group " + hold.group().name() + " is held: " + hold.why()));
        if (byHand) {
            notes.add("asked for by an operator");
        }
        List<Step> steps = plan.moves().stream().map(Moves::step).toList();
        return new Planned(
                Plan.of(NAME, now, state.toString(), mode + ": " + plan.reason(), steps, notes)
                        .with(figures(plan, backends, scored)),
                plan.now(),
                moved);
    }

    private Map<String, Double> figures(BalancePlan plan, List<Backend> backends, Scored scored) {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("highest load over mean, before", plan.before());
        figures.put("highest load over mean, after", plan.after());
        figures.put("highest load over mean, possible", plan.floor());
        figures.put("fewest moves possible", (double) plan.leastMoves());
        backends.forEach(backend -> {
            Map<String, Double> own = scored.scores().get(backend.id());
            if (own != null) {
                figures.put("score of " + backend.host() + " (" + scored.source() + ")", score.of(own));
            }
        });
        return figures;
    }

    private Scored scored(Site site, List<Backend> backends, List<BackendLoad> loads, BalanceFacts measured)
            throws InterruptedException {
        List<String> notes = new ArrayList<>();
        if (prometheus.isPresent()) {
            try {
                Scored scored = ofPrometheus(prometheus.get(), site, backends);
                asked = new Asked(true, sight.now());
                return scored;
            } catch (IOException e) {
                asked = new Asked(false, sight.now());
                notes.add(e.getMessage() + "; scores are made of what the nodes report");
            }
        }
        return new Scored(
                NodeScores.of(loads.stream()
                        .filter(load -> !load.at().plus(rules.maxAge()).isBefore(measured.now()))
                        .collect(toMap(BackendLoad::backend, BackendLoad::host))),
                measured.samples(),
                measured.measuredAt(),
                "nodes",
                notes);
    }

    private Scored ofPrometheus(Prometheus from, Site site, List<Backend> backends)
            throws IOException, InterruptedException {
        Duration span = MeasuredLoads.SAMPLE.multipliedBy(Math.max(1, 2L * rules.minSamples()));
        Prometheus.Scores recorded = from.scores(site.name(), span);
        Map<BackendId, Map<String, Double>> scores = new HashMap<>();
        for (Backend backend : backends) {
            Map<String, Double> own = recorded.scores().get(backend.host().value());
            if (own != null) {
                scores.put(backend.id(), own);
            }
        }
        return new Scored(scores, recorded.samples(), recorded.newest(), "Prometheus", List.of());
    }
}
