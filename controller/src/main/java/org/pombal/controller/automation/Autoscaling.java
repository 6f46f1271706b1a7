package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.autoscaling.Actuator;
import org.pombal.controller.autoscaling.Actuators;
import org.pombal.controller.autoscaling.ScaledSite;
import org.pombal.controller.autoscaling.Scalers;
import org.pombal.controller.autoscaling.TimedScaler;
import org.pombal.controller.settings.AutoscalerRules;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.scale.LoadFollowing;
import org.pombal.model.scale.ScaleAction;
import org.pombal.model.scale.ScaleDecision;
import org.pombal.model.scale.ScaleFacts;
import org.pombal.model.scale.ScaleMemory;
import org.pombal.model.scale.ScaleRules;
import org.pombal.model.scale.ScalerAnswer;
import org.pombal.model.scale.Scaling;
import org.pombal.model.site.Site;
import org.pombal.operations.Cluster;
import org.pombal.settings.Settings;

/** Asks how many backends the site should have, and goes a step towards it. */
public final class Autoscaling {

    static final String NAME = "autoscaling";
    static final String MEMORY = "autoscaling-memory";

    private final SiteSight sight;
    private final ScaleSight facts;
    private final ScaleRules rules;
    private final Optional<TimedScaler> scaler;
    private final ScaleActs acts;

    Autoscaling(Cluster cluster, SiteSight sight, Evacuations evacuations, Settings settings) {
        this(cluster, sight, evacuations, settings, Scalers.of(settings), Actuators.of(settings));
    }

    /** @param scaler empty for the one that follows load */
    Autoscaling(
            Cluster cluster,
            SiteSight sight,
            Evacuations evacuations,
            Settings settings,
            Optional<TimedScaler> scaler,
            Actuator actuator) {
        this.sight = requireNonNull(sight, "sight is null");
        this.scaler = requireNonNull(scaler, "scaler is null");
        this.rules = AutoscalerRules.of(settings);
        this.facts = new ScaleSight(
                sight,
                rules.names(),
                settings.get(BalanceSettings.OPENING),
                settings.get(BalanceSettings.MAX_AGE),
                cluster.takeover());
        this.acts = new ScaleActs(cluster, evacuations, actuator, settings.get(AutoscalerSettings.DRAIN_RATE));
    }

    String run(TaskContext task) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        FeatureState state = sight.state(site, Feature.AUTOSCALING);
        if (state == FeatureState.OFF) {
            return "the feature is off";
        }
        ScaleFacts seen = facts.facts(site);
        ScaleMemory before = ScaleMemoryDocument.read(sight.note(site, MEMORY));
        ScaleDecision decision = Scaling.decide(seen, answer(site, seen, before), before, rules);
        task.requireHeld();
        sight.write(site, MEMORY, ScaleMemoryDocument.write(decision.memory()));
        List<Step> steps = state == FeatureState.ON
                ? carriedOut(task, site, decision)
                : decision.actions().stream().map(ScaleActs::step).toList();
        Instant now = sight.now();
        sight.write(
                site,
                ScaleReport.NOTE,
                ScaleReport.of(decision, state, now, failures(steps)).toText());
        Plan plan = Plan.of(NAME, now, state.toString(), summary(decision), steps, notes(decision))
                .with(Map.of(
                        "backends", (double) decision.backends(),
                        "desired", (double) decision.desired(),
                        "running on the platform", (double) decision.running()));
        sight.write(site, NAME, plan.toText());
        return plan.inShort();
    }

    private ScalerAnswer answer(Site site, ScaleFacts seen, ScaleMemory memory) throws InterruptedException {
        return scaler.isPresent()
                ? scaler.get().ask(ScaledSite.of(site.name(), seen))
                : LoadFollowing.wanted(seen, memory, rules.load());
    }

    /** What is remembered after each, because a later one may fail, or the controller end. */
    private List<Step> carriedOut(TaskContext task, Site site, ScaleDecision decision)
            throws InterruptedException, ExecutionException {
        List<Step> steps = new ArrayList<>();
        ScaleMemory memory = decision.memory();
        for (ScaleAction action : decision.actions()) {
            Step done = acts.carryOut(task, site, action);
            steps.add(done);
            if (done.outcome().equals(Step.DONE)) {
                memory = memory.after(action, sight.now());
                sight.write(site, MEMORY, ScaleMemoryDocument.write(memory));
                if (action instanceof ScaleAction.BringOnline) {
                    // Else groups that rest where they came last could not go on to the new backend, and it would stay
                    // empty.
                    sight.forget(site, MovedGroups.NOTE);
                }
            }
        }
        return steps;
    }

    /** What the platform, or another operation, refused; that a new name does not resolve yet is none. */
    private static List<String> failures(List<Step> steps) {
        return steps.stream()
                .filter(step -> !List.of(Step.DONE, Step.PLANNED).contains(step.outcome()))
                .filter(step -> !step.action().equals(ScaleActs.REGISTER))
                .map(step -> step.action() + " of " + step.target() + " failed: " + step.outcome())
                .toList();
    }

    private static String summary(ScaleDecision decision) {
        return decision.backends() + " backends, " + decision.desired() + " desired: " + decision.reason();
    }

    private static List<String> notes(ScaleDecision decision) {
        List<String> notes = new ArrayList<>(decision.notes());
        decision.next().ifPresent(next -> notes.add("next: " + next));
        return notes;
    }

    /** What was decided last; empty if nothing was yet, or the feature is off. */
    public Optional<ScaleReport> last() throws InterruptedException, ExecutionException {
        Site site = sight.site();
        return sight.state(site, Feature.AUTOSCALING) == FeatureState.OFF
                ? Optional.empty()
                : sight.note(site, ScaleReport.NOTE).flatMap(ScaleReport::parse);
    }

    /** Whether anything is carried out, only decided, or neither. */
    public FeatureState state() throws InterruptedException, ExecutionException {
        return sight.state(sight.site(), Feature.AUTOSCALING);
    }
}
