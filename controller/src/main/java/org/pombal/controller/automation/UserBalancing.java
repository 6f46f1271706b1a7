package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.groupsize.UserMoves;
import org.pombal.model.groupsize.UserMoves.UserMove;
import org.pombal.model.groupsize.UserTransfer;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.operations.Cluster;

/** Once a day names users who are to change groups, and moves some of them in each pass. */
final class UserBalancing {

    /** Who is to go where, and why. */
    record Proposal(List<UserTransfer> transfers, String reason, List<String> notes) {}

    /** Plans a day. */
    @FunctionalInterface
    interface Planner {
        Proposal plan(Site own, Census census) throws InterruptedException, ExecutionException;
    }

    private final String name;
    private final Cluster cluster;
    private final SiteSight sight;
    private final Planner planner;
    private final boolean mayChangeBackend;
    private final int maxInPass;

    /**
     * @param name of this part of the automation
     * @param mayChangeBackend whether users may come to another backend by it
     */
    UserBalancing(
            String name, Cluster cluster, SiteSight sight, Planner planner, boolean mayChangeBackend, int maxInPass) {
        this.name = requireNonNull(name, "name is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.sight = requireNonNull(sight, "sight is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.mayChangeBackend = mayChangeBackend;
        this.maxInPass = maxInPass;
    }

    String name() {
        return name;
    }

    String run(TaskContext task) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        FeatureState state = sight.state(site, Feature.LOAD_BALANCING);
        if (state == FeatureState.OFF) {
            return "the feature is off";
        }
        Instant now = sight.now();
        String day = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
        PlannedUsers planned = PlannedUsers.read(sight.note(site, name + "-users"));
        List<String> notes = new ArrayList<>();
        String reason = "the plan of " + planned.day();
        if (!planned.day().equals(day)) {
            Proposal proposal = planner.plan(site, Census.taken(sight, task));
            List<UserMove> moves = UserMoves.named(proposal.transfers(), group -> Census.usersOf(sight, group));
            planned = PlannedUsers.of(day, moves.size(), moves);
            reason = proposal.reason();
            notes.addAll(proposal.notes());
            sight.write(task, site, name + "-users", planned.toText());
        }
        UserMoves.Pass pass = pass(planned.moves());
        List<Step> steps = new ArrayList<>();
        Acts acts = new Acts(cluster, site, name);
        Map<SiteId, String> siteNames = new HashMap<>();
        for (Site one : sight.sites()) {
            siteNames.put(one.id(), one.name());
        }
        for (UserMove move : pass.moves()) {
            Step step = step(move, siteNames, reason);
            steps.add(
                    state == FeatureState.ON
                            ? acts.move(
                                    task,
                                    move.user(),
                                    siteNames.getOrDefault(
                                            move.to().site(), move.to().site().toString()),
                                    move.to(),
                                    step)
                            : step);
        }
        if (state == FeatureState.ON) {
            sight.write(
                    task,
                    site,
                    name + "-users",
                    PlannedUsers.of(day, planned.planned(), pass.later()).toText());
        }
        if (!pass.dropped().isEmpty()) {
            notes.add(
                    pass.dropped().size() + " users are left where they are: their groups have changed since the plan");
        }
        Plan plan = Plan.of(
                name,
                now,
                state.toString(),
                reason + ": " + planned.planned() + " users, " + pass.later().size() + " of them later",
                steps,
                notes);
        sight.write(task, site, name, plan.toText());
        return plan.inShort();
    }

    private UserMoves.Pass pass(List<UserMove> planned) throws InterruptedException, ExecutionException {
        Map<GroupId, Optional<UserGroup>> rows = new HashMap<>();
        for (UserMove move : planned) {
            for (GroupId group : List.of(move.from(), move.to())) {
                if (!rows.containsKey(group)) {
                    rows.put(group, SiteSight.answer(sight.geoDb().groups().find(group, ReadLevel.QUORUM)));
                }
            }
        }
        return UserMoves.pass(
                planned, group -> rows.getOrDefault(group, Optional.empty()), mayChangeBackend, maxInPass);
    }

    private static Step step(UserMove move, Map<SiteId, String> sites, String reason) {
        return new Step(
                "user.move",
                "user " + move.user(),
                shown(move.from(), sites),
                shown(move.to(), sites),
                reason,
                Step.PLANNED);
    }

    private static String shown(GroupId group, Map<SiteId, String> sites) {
        return sites.getOrDefault(group.site(), group.site().toString()) + "/" + group.name();
    }
}
