package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.GroupNumberChange.Phase;
import org.pombal.controller.automation.GroupNumberChange.Transfer;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.groupsize.Regrouping;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Cluster;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;

/**
 * Changes the number of a site's groups while it is in service, as {@link Regrouping} plans it: each run takes it a little further, and may be
 * repeated. Users move as an operator's {@code user move} moves them.
 */
public final class GroupNumber {

    static final String NAME = "group-number";

    /** A note of its own, with the time of the change that is stopped: the run that is under way writes the other one anew when it ends. */
    private static final String STOPPED = "group-number-stopped";

    private final Cluster cluster;
    private final SiteSight sight;
    private final int maxInPass;

    /** @param maxInPass how many users begin to move in a run */
    GroupNumber(Cluster cluster, SiteSight sight, int maxInPass) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.sight = requireNonNull(sight, "sight is null");
        this.maxInPass = maxInPass;
    }

    /** The change that is under way, or was last. */
    public Optional<GroupNumberChange> current() throws InterruptedException, ExecutionException {
        return current(sight.site());
    }

    private Optional<GroupNumberChange> current(Site site) throws InterruptedException, ExecutionException {
        Optional<GroupNumberChange> change = GroupNumberChange.read(sight.note(site, NAME));
        return change.isPresent() && isStopped(site, change.get()) ? change.map(GroupNumberChange::stopped) : change;
    }

    private boolean isStopped(Site site, GroupNumberChange change) throws InterruptedException, ExecutionException {
        return sight.note(site, STOPPED).equals(Optional.of(String.valueOf(change.at())));
    }

    /** How many groups the site has; empty if it has none yet. */
    public OptionalInt groups() throws InterruptedException, ExecutionException {
        return sight.site().groupCount();
    }

    /**
     * Asks for another number. It is planned within a minute.
     *
     * @param start whether it begins as soon as it is planned
     * @throws IllegalArgumentException if that is no change, or another is under way
     */
    public GroupNumberChange want(int groups, boolean start, String by)
            throws InterruptedException, ExecutionException {
        Site site = sight.site();
        int now = site.groupCount()
                .orElseThrow(() -> new IllegalArgumentException("site '" + site.name()
                        + "' has no groups yet; the first node that needs one decides how many, or 'site init'"));
        Optional<GroupNumberChange> current = current();
        if (current.filter(change -> change.phase() != Phase.DONE && (change.started() || change.hasBegunAt(site)))
                .isPresent()) {
            throw new IllegalArgumentException("a change to " + current.get().to() + " groups is under way");
        }
        if (now == groups) {
            throw new IllegalArgumentException("the site has " + groups + " groups already");
        }
        GroupNumberChange wanted =
                GroupNumberChange.wanted(now, groups, by, sight.now().toEpochMilli(), start);
        sight.write(site, NAME, wanted.toText());
        return wanted;
    }

    /**
     * Lets what is planned begin, or what was stopped go on.
     *
     * @throws IllegalArgumentException if nothing is, or something is in the way
     */
    public GroupNumberChange begin() throws InterruptedException, ExecutionException {
        GroupNumberChange change = current()
                .filter(one -> one.phase() != Phase.DONE && !one.started())
                .orElseThrow(() -> new IllegalArgumentException("no change of the number of groups waits to begin"));
        if (change.phase() == Phase.PLANNED && !change.problem().isEmpty()) {
            throw new IllegalArgumentException(change.problem());
        }
        Site site = sight.site();
        sight.forget(site, STOPPED);
        if (!change.isUnderWay()) {
            sight.write(site, NAME, change.begun().toText());
        }
        return change.begun();
    }

    /**
     * Stops what was started: users who are on the move arrive, and nobody else begins before it goes on. What was never started is given up.
     *
     * @return the change as it is now, or as it was last
     * @throws IllegalArgumentException if there is nothing to stop
     */
    public GroupNumberChange stop() throws InterruptedException, ExecutionException {
        GroupNumberChange change = current()
                .filter(one -> one.phase() != Phase.DONE)
                .orElseThrow(() -> new IllegalArgumentException("no change of the number of groups is under way"));
        Site site = sight.site();
        if (change.started()) {
            sight.write(site, STOPPED, String.valueOf(change.at()));
            return change.stopped();
        }
        if (change.hasBegunAt(site)) {
            throw new IllegalArgumentException("it is stopped already, and can only go on: some users have new groups");
        }
        sight.forget(site, NAME);
        return change;
    }

    String run(TaskContext task) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        Optional<GroupNumberChange> current = current(site);
        if (current.isEmpty() || current.get().phase() == Phase.DONE) {
            return "nothing is to be changed";
        }
        GroupNumberChange change = current.get();
        if (!change.started() && change.isUnderWay()) {
            return change.phase() + ", stopped with " + change.usersLeft() + " of " + change.users() + " users to go";
        }
        GroupNumberChange next =
                switch (change.phase()) {
                    case WANTED ->
                        change.planned(Regrouping.of(
                                site.id(), Census.taken(sight, task).groups(site), change.from(), change.to()));
                    // What stood in its way may be over.
                    case PLANNED ->
                        !change.started()
                                ? change
                                : change.in(change.problem().isEmpty() ? Phase.MAKING : Phase.WANTED);
                    case MAKING -> made(task, site, change);
                    case MOVING -> moved(task, site, change);
                    case RETIRING -> retired(task, site, change);
                    case DONE -> change;
                };
        if (!next.equals(change)) {
            sight.write(task, site, NAME, next.toText());
        }
        return next.phase() + ", " + next.usersLeft() + " of " + next.users() + " users still to go"
                + (next.problem().isEmpty() ? "" : ": " + next.problem());
    }

    private GroupNumberChange made(TaskContext task, Site site, GroupNumberChange change)
            throws InterruptedException, ExecutionException {
        List<Backend> backends = sight.backends(site);
        for (Map.Entry<String, String> group : change.made().entrySet()) {
            BackendId backend = new BackendId(UUID.fromString(group.getValue()));
            Optional<BackendId> failover = backends.stream()
                    .filter(Backend::takesNewGroups)
                    .map(Backend::id)
                    .filter(id -> !id.equals(backend))
                    .findFirst();
            task.requireHeld();
            SiteSight.answer(sight.geoDb()
                    .groups()
                    .createIfAbsent(UserGroup.placed(new GroupId(site.id(), group.getKey()), backend, failover)));
        }
        Step counted = new Step(
                "site.group-count",
                "site " + site.name(),
                String.valueOf(change.from()),
                String.valueOf(change.to()),
                "asked for by " + change.by(),
                Step.PLANNED);
        boolean isWritten = site.groupCount().isPresent() && site.groupCount().getAsInt() == change.to();
        Step done = isWritten
                ? counted.ended(Step.DONE)
                : new Acts(cluster, site, NAME).act(task, counted, audit -> sight.geoDb()
                        .sites()
                        .update(site.withGroupCount(change.to()))
                        .thenApply(GroupNumber::written));
        return done.outcome().equals(Step.DONE) ? change.in(Phase.MOVING) : change.hindered(done.outcome());
    }

    /** If somebody else changed the site, the next run sees how. */
    private static Outcome<String> written(Cas<Site> outcome) {
        return outcome instanceof Cas.Applied
                ? Outcome.done("written")
                : new Outcome.NotDone<>(
                        new Obstacle.Conflict("somebody else changed the site at the same time; it is tried again"));
    }

    private GroupNumberChange moved(TaskContext task, Site site, GroupNumberChange change)
            throws InterruptedException, ExecutionException {
        Acts acts = new Acts(cluster, site, NAME);
        List<Transfer> left = new ArrayList<>();
        int begun = 0;
        for (Transfer transfer : change.transfers()) {
            long still = transfer.users();
            if (begun < maxInPass) {
                GroupId from = new GroupId(site.id(), transfer.from());
                GroupId to = new GroupId(site.id(), transfer.to());
                int room = maxInPass - begun;
                Begun now = pass(task, acts, site, from, to, (int) Math.min(room, still), change);
                begun += now.users();
                // Fewer users than were planned have gone meanwhile.
                still = now.isAll() ? 0 : still - now.users();
            }
            if (still > 0) {
                left.add(new Transfer(transfer.from(), transfer.to(), still));
            }
        }
        GroupNumberChange next = change.left(left);
        return left.isEmpty() ? next.in(Phase.RETIRING) : next;
    }

    /**
     * Users who began to move.
     *
     * @param isAll whether there are no more in the group
     */
    private record Begun(int users, boolean isAll) {}

    private Begun pass(
            TaskContext task, Acts acts, Site site, GroupId from, GroupId to, int most, GroupNumberChange change)
            throws InterruptedException, ExecutionException {
        Optional<UserGroup> source = SiteSight.answer(sight.geoDb().groups().find(from, ReadLevel.QUORUM));
        Optional<UserGroup> target = SiteSight.answer(sight.geoDb().groups().find(to, ReadLevel.QUORUM));
        if (source.isEmpty()
                || target.isEmpty()
                || source.get().isMoving()
                || target.get().isMoving()) {
            return new Begun(0, false);
        }
        int room = Math.min(most, UserGroup.MAX_LEAVING - source.get().leaving().size());
        Iterator<UserKey> users = Census.usersOf(sight, from);
        int begun = 0;
        while (begun < room && users.hasNext()) {
            UserKey user = users.next();
            if (!source.get().leaving().containsKey(user)) {
                Step step = acts.move(
                        task,
                        user,
                        site.name(),
                        to,
                        new Step(
                                "user.move",
                                "user " + user,
                                from.name(),
                                to.name(),
                                "from " + change.from() + " to " + change.to() + " groups",
                                Step.PLANNED));
                if (!step.outcome().equals(Step.DONE)) {
                    return new Begun(begun, false);
                }
                begun++;
            }
        }
        return new Begun(begun, begun < room && !users.hasNext());
    }

    private GroupNumberChange retired(TaskContext task, Site site, GroupNumberChange change)
            throws InterruptedException, ExecutionException {
        int waiting = 0;
        for (String name : change.retired()) {
            GroupId id = new GroupId(site.id(), name);
            Optional<UserGroup> row = SiteSight.answer(sight.geoDb().groups().find(id, ReadLevel.QUORUM));
            if (row.isEmpty()) {
                continue;
            }
            boolean empty = row.get().leaving().isEmpty()
                    && !row.get().isMoving()
                    && !Census.usersOf(sight, id).hasNext();
            if (!empty) {
                if (hasOthers(row.get())) {
                    // They came meanwhile.
                    return change.in(Phase.WANTED);
                }
                waiting++;
                continue;
            }
            Step step = new Step(
                    "group.retire",
                    "group " + name,
                    "",
                    "",
                    "from " + change.from() + " to " + change.to() + " groups",
                    Step.PLANNED);
            new Acts(cluster, site, NAME).act(task, step, audit -> sight.geoDb()
                    .groups()
                    .retire(row.get())
                    .thenApply(outcome -> outcome instanceof Cas.Applied
                            ? Outcome.done("retired")
                            : new Outcome.NotDone<String>(
                                    new Obstacle.Conflict("the group has just changed; it is tried again"))));
        }
        return waiting == 0
                ? allGone(site, change)
                : change.hindered(waiting + " groups still have users, or users on their way");
    }

    /** Whether it has users who are not on their way out. */
    private boolean hasOthers(UserGroup group) {
        Iterator<UserKey> users = Census.usersOf(sight, group.id());
        while (users.hasNext()) {
            if (!group.leaving().containsKey(users.next())) {
                return true;
            }
        }
        return false;
    }

    private GroupNumberChange allGone(Site site, GroupNumberChange change)
            throws InterruptedException, ExecutionException {
        for (String name : change.retired()) {
            if (SiteSight.answer(sight.geoDb().groups().find(new GroupId(site.id(), name), ReadLevel.QUORUM))
                    .isPresent()) {
                return change.hindered("group " + name + " is still there");
            }
        }
        return change.in(Phase.DONE);
    }
}
