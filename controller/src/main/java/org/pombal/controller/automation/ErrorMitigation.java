package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.balance.BalanceMove;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.balance.MeasuredLoads;
import org.pombal.model.evacuation.EvacuationPlan;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.model.mitigation.Breakage;
import org.pombal.model.mitigation.Condition;
import org.pombal.model.mitigation.Judgement;
import org.pombal.model.mitigation.Mitigation;
import org.pombal.model.mitigation.MitigationAction;
import org.pombal.model.mitigation.MitigationFacts;
import org.pombal.model.mitigation.MitigationMemory;
import org.pombal.model.mitigation.MitigationRules;
import org.pombal.model.mitigation.Shedding;
import org.pombal.model.mitigation.Target;
import org.pombal.model.site.Site;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupHolds;
import org.pombal.operations.GroupHolds.Hold;

/**
 * Judges the backends of the site, and the sites; takes broken ones offline and brings healthy ones back, lets degraded ones lose groups, and moves the groups of
 * one that was found broken to others: its users may not even get as far as to have them moved by a login.
 */
final class ErrorMitigation {

    static final String NAME = "error-mitigation";
    static final String MEMORY = "error-mitigation-memory";

    private final Cluster cluster;
    private final SiteSight sight;
    private final MitigationRules rules;
    private final SiteMitigation sites;
    private final int maxMoves;
    private final Duration opening;
    private final BalanceRules balance;

    /**
     * @param maxMoves how many groups may be on the move away from offline backends
     * @param opening see {@link MeasuredLoads#facts}
     * @param balance says which measurements of loads count
     */
    ErrorMitigation(
            Cluster cluster,
            SiteSight sight,
            MitigationRules rules,
            int maxMoves,
            Duration opening,
            BalanceRules balance) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.sight = requireNonNull(sight, "sight is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.sites = new SiteMitigation(sight, rules);
        this.maxMoves = maxMoves;
        this.opening = requireNonNull(opening, "opening is null");
        this.balance = requireNonNull(balance, "balance is null");
    }

    /** A step, and how it is carried out. */
    private record Due(Step step, Optional<Backend> backend, BackendStatus status, Optional<BalanceMove> move) {}

    /** What was decided, and what is to be done about it. */
    private record Decided(
            Instant at,
            Mitigation.Decision decision,
            List<Hold> held,
            List<Due> due,
            Optional<SiteMitigation.Decided> sites) {}

    String run(TaskContext task) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        FeatureState state = sight.state(site, Feature.ERROR_MITIGATION);
        if (state == FeatureState.OFF) {
            return "the feature is off";
        }
        Decided decided = decided(site);
        sight.write(task, site, MEMORY, MemoryDocument.write(decided.decision().memory()));
        List<Step> steps = new ArrayList<>();
        Acts acts = new Acts(cluster, site, NAME);
        if (decided.sites().isPresent()) {
            SiteMitigation.Decided sites = decided.sites().get();
            sight.write(task, site, SiteMitigation.MEMORY, sites.memory());
            if (sites.step().isPresent()) {
                Step step = sites.step().get();
                steps.add(state == FeatureState.ON ? acts.setStatus(task, sites.status(), step) : step);
            }
        }
        for (Due one : decided.due()) {
            Step step = state == FeatureState.ON ? done(acts, task, one) : one.step();
            steps.add(step);
            if (one.status() == BackendStatus.OFFLINE && step.outcome().equals(Step.DONE)) {
                broke(site, one.backend().orElseThrow());
            }
        }
        Plan plan = plan(decided, state, steps);
        sight.write(task, site, NAME, plan.toText());
        return plan.inShort();
    }

    /** Each group that it had may be why: the node that sees to failovers compares it with what broke before. */
    private void broke(Site site, Backend backend) throws InterruptedException, ExecutionException {
        Set<GroupId> groups = sight.groups(site).stream()
                .filter(group -> group.backend().equals(backend.id()))
                .map(UserGroup::id)
                .collect(toSet());
        SiteSight.answer(new GroupHolds(cluster.geoDb().automationNotes())
                .broke(site.id(), new Breakage(backend.id(), sight.now().truncatedTo(ChronoUnit.MILLIS), groups)));
    }

    /** What would be done now; nothing is, and nothing is remembered. */
    Plan simulated() throws InterruptedException, ExecutionException {
        Decided decided = decided(sight.site());
        return plan(
                decided,
                FeatureState.DRYRUN,
                Stream.concat(
                                decided.sites().flatMap(SiteMitigation.Decided::step).stream(),
                                decided.due().stream().map(Due::step))
                        .toList());
    }

    private Decided decided(Site site) throws InterruptedException, ExecutionException {
        Instant now = sight.now();
        List<Backend> backends = sight.backends(site);
        MitigationFacts facts = MitigationFacts.ofBackends(
                now, backends.stream().map(Target::of).toList(), sight.statistics(site));
        MitigationMemory memory = MemoryDocument.read(sight.note(site, MEMORY));
        Mitigation.Decision decision = Mitigation.decide(facts, memory, rules);
        List<Hold> held = sight.held(site);
        return new Decided(now, decision, held, due(site, backends, decision, held, now), sites.decided(site, now));
    }

    private static Plan plan(Decided decided, FeatureState state, List<Step> steps) {
        List<String> notes = new ArrayList<>();
        decided.decision().held().ifPresent(notes::add);
        decided.held().forEach(hold -> notes.add("group " + hold.group().name() + " is held: " + hold.why()));
        decided.decision()
                .judgements()
                .forEach(judgement -> notes.add(judgement.target().name() + " is "
                        + judgement.condition().name().toLowerCase(Locale.ROOT) + ": " + judgement.reason()));
        decided.sites().ifPresent(sites -> notes.addAll(sites.notes()));
        return Plan.of(NAME, decided.at(), state.toString(), summary(decided.decision()), steps, notes);
    }

    private static String summary(Mitigation.Decision decision) {
        Map<Condition, Integer> counts = new EnumMap<>(Condition.class);
        decision.judgements().forEach(judgement -> counts.merge(judgement.condition(), 1, Integer::sum));
        return "of " + decision.judgements().size() + " backends " + counts.getOrDefault(Condition.HEALTHY, 0)
                + " are healthy, " + counts.getOrDefault(Condition.DEGRADED, 0) + " degraded, "
                + counts.getOrDefault(Condition.BROKEN, 0) + " broken, " + counts.getOrDefault(Condition.UNKNOWN, 0)
                + " not judged";
    }

    private static Step done(Acts acts, TaskContext task, Due due) throws InterruptedException, ExecutionException {
        if (due.move().isPresent()) {
            BalanceMove move = due.move().get();
            return acts.move(task, move.group(), move.to().host(), due.step());
        }
        return acts.setStatus(task, due.backend().orElseThrow(), due.status(), due.step());
    }

    private List<Due> due(Site site, List<Backend> backends, Mitigation.Decision decision, List<Hold> held, Instant now)
            throws InterruptedException, ExecutionException {
        List<Due> due = new ArrayList<>();
        Map<String, Backend> byName = new HashMap<>();
        backends.forEach(backend -> byName.put(backend.host().value(), backend));
        List<MitigationAction.Shed> sheds = new ArrayList<>();
        for (MitigationAction action : decision.actions()) {
            Backend backend = requireNonNull(byName.get(action.target().name()), "judged, and not there");
            if (action instanceof MitigationAction.TakeOffline) {
                due.add(status(backend, BackendStatus.OFFLINE, "backend.offline", action.reason()));
            } else if (action instanceof MitigationAction.BringOnline) {
                due.add(status(backend, BackendStatus.ONLINE, "backend.online", action.reason()));
            } else {
                sheds.add((MitigationAction.Shed) action);
            }
        }
        List<Judgement> broken = decision.judgements().stream()
                .filter(judgement ->
                        judgement.target().state() == Target.State.OFFLINE && judgement.condition() == Condition.BROKEN)
                .toList();
        if (sheds.isEmpty() && broken.isEmpty()) {
            return due;
        }
        Set<GroupId> stay = held.stream().map(Hold::group).collect(toSet());
        Set<BackendId> failing = Shedding.failing(backends, decision.judgements());
        List<GroupLoad> loads = MeasuredLoads.facts(
                        now, backends, sight.groups(site, held), sight.loads(site), Map.of(), opening, balance)
                .groups();
        for (MitigationAction.Shed shed : sheds) {
            Backend backend = requireNonNull(byName.get(shed.target().name()), "judged, and not there");
            Shedding.from(backend, backends, loads, failing, stay, shed.reason())
                    .ifPresent(move -> due.add(move(move)));
        }
        int room = maxMoves
                - (int) loads.stream().filter(load -> load.group().isMoving()).count();
        for (Judgement judgement : broken) {
            Backend backend = requireNonNull(byName.get(judgement.target().name()), "judged, and not there");
            for (BalanceMove move : emptying(backend, backends, loads, failing)) {
                if (room-- > 0) {
                    due.add(move(move));
                }
            }
        }
        return due;
    }

    private static Due status(Backend backend, BackendStatus status, String action, String reason) {
        return new Due(
                new Step(
                        action,
                        "backend " + backend.host(),
                        backend.status().toString(),
                        status.toString(),
                        reason,
                        Step.PLANNED),
                Optional.of(backend),
                status,
                Optional.empty());
    }

    private static Due move(BalanceMove move) {
        return new Due(Moves.step(move), Optional.empty(), BackendStatus.ONLINE, Optional.of(move));
    }

    /** Sticky groups, and those that are held, stay: where the backend still takes their users, a login moves them. */
    private static List<BalanceMove> emptying(
            Backend from, List<Backend> backends, List<GroupLoad> loads, Set<BackendId> failing) {
        List<Backend> sound = backends.stream()
                .filter(backend -> !failing.contains(backend.id()))
                .toList();
        if (!EvacuationPlan.hasDestination(from.id(), sound)) {
            return List.of();
        }
        Map<BackendId, Integer> counts = new HashMap<>();
        Map<String, Double> weights = new HashMap<>();
        for (GroupLoad load : loads) {
            UserGroup group = load.group();
            counts.merge(group.move().map(GroupMove::dest).orElse(group.backend()), 1, Integer::sum);
            weights.put(group.id().name(), load.load());
        }
        List<UserGroup> leaving = loads.stream()
                .filter(load -> load.group().backend().equals(from.id()) && load.isFree())
                .map(GroupLoad::group)
                .toList();
        return EvacuationPlan.of(from.id(), leaving, sound, counts).moves().stream()
                .map(move -> new BalanceMove(
                        move.group(),
                        from,
                        move.to(),
                        weights.getOrDefault(move.group().id().name(), 0.0),
                        from.host() + " is offline and still broken"))
                .toList();
    }
}
