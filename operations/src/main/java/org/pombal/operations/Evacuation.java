package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.evacuation.EvacuationPlan;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;

/**
 * Starts to empty a backend: standby, load factor 0, and a move for each of its groups, sticky ones included, because an
 * operator asked for it. Moves to this backend that are only proposed are withdrawn; those in hand-over have no way back, and
 * the operator is told.
 */
public final class Evacuation {

    private static final int AT_ONCE = 16;

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    public Evacuation(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** @param dryRun only says which moves there would be */
    public CompletionStage<Outcome<List<StartedMove>>> start(HostName host, boolean dryRun, Progress progress) {
        return Attempt.at(attempt -> lookup.backend(host).thenCompose(backend -> cluster.geoDb()
                .sites()
                .find(backend.site())
                .thenCompose(site -> site.isEmpty()
                        ? Attempt.<Work>refuse(
                                "backend '" + host + "' belongs to site " + backend.site() + ", which is removed")
                        : new OwnRows(cluster)
                                .require(backend.site(), site.get().name(), site.get())
                                .thenCompose(own -> read(attempt, own, backend, progress)))
                .thenCompose(work -> dryRun ? work.preview() : started(work))));
    }

    /** Groups may be placed there until it is standby, so what is to be moved is read after that. */
    private CompletionStage<List<StartedMove>> started(Work work) {
        return work.drained()
                .thenCompose(source -> read(work.attempt, work.site, source, work.progress))
                .thenCompose(Work::start);
    }

    private CompletionStage<Work> read(Attempt attempt, Site site, Backend source, Progress progress) {
        List<UserGroup> groups = new ArrayList<>();
        return Paging.<UserGroup>through(
                        from -> cluster.geoDb().groups().list(site.id(), from, Paging.PAGE_SIZE), page -> {
                            groups.addAll(page);
                            return completedFuture(true);
                        })
                .thenCompose(done -> cluster.geoDb().backends().list(site.id()))
                .thenApply(backends -> new Work(attempt, site, source, backends, groups, progress));
    }

    /** One run. */
    private final class Work {

        private final Attempt attempt;
        private final Site site;
        private final Backend source;
        private final List<Backend> backends;
        private final List<UserGroup> groups;
        private final Progress progress;
        private final List<StartedMove> started = Collections.synchronizedList(new ArrayList<>());

        Work(
                Attempt attempt,
                Site site,
                Backend source,
                List<Backend> backends,
                List<UserGroup> groups,
                Progress progress) {
            this.attempt = attempt;
            this.site = site;
            this.source = source;
            this.backends = backends;
            this.groups = groups;
            this.progress = progress;
        }

        CompletionStage<List<StartedMove>> preview() {
            return planned().thenApply(plan -> plan.moves().stream()
                    .map(move -> move(move.group(), move.to(), Optional.empty()))
                    .toList());
        }

        CompletionStage<List<StartedMove>> start() {
            return planned()
                    .thenCompose(plan -> Many.each(incoming(), AT_ONCE, this::withdraw)
                            .thenCompose(done -> Many.each(
                                    plan.moves(),
                                    AT_ONCE,
                                    move -> propose(move, plan.moves().size()))))
                    .thenApply(done -> {
                        warnOfArrivals();
                        audit.changed("evacuation of backend " + source.host() + " started: " + started.size()
                                + " groups are to move");
                        return started.stream()
                                .sorted(Comparator.comparing(
                                        move -> move.group().id().name()))
                                .toList();
                    });
        }

        private CompletionStage<EvacuationPlan> planned() {
            if (hasNowhereToGo()) {
                return nowhereToGo();
            }
            warnOfSticky(atRest());
            return completedFuture(EvacuationPlan.of(source.id(), atRest(), backends, groupsAfterMoves()));
        }

        private List<UserGroup> atRest() {
            return groups.stream()
                    .filter(group -> group.backend().equals(source.id()) && !group.isMoving())
                    .toList();
        }

        private boolean hasNowhereToGo() {
            return !atRest().isEmpty() && !EvacuationPlan.hasDestination(source.id(), backends);
        }

        private <T> CompletionStage<T> nowhereToGo() {
            return Attempt.refuse("no other backend of site '" + site.name()
                    + "' is online with a load factor above 0, so the groups of '" + source.host()
                    + "' have nowhere to go; " + attempt.soFar());
        }

        private Map<BackendId, Integer> groupsAfterMoves() {
            Map<BackendId, Integer> counts = new HashMap<>();
            for (UserGroup group : groups) {
                counts.merge(group.move().map(GroupMove::dest).orElse(group.backend()), 1, Integer::sum);
            }
            return counts;
        }

        private List<UserGroup> incoming() {
            return groups.stream()
                    .filter(group -> group.move()
                            .filter(move -> move.dest().equals(source.id()))
                            .isPresent())
                    .toList();
        }

        private void warnOfSticky(List<UserGroup> leaving) {
            long sticky = leaving.stream().filter(UserGroup::stickyBackend).count();
            if (sticky > 0) {
                attempt.warn(sticky + " of the groups are sticky to the backend and move all the same");
            }
            long moving = groups.stream()
                    .filter(group -> group.backend().equals(source.id()) && group.isMoving())
                    .count();
            if (moving > 0) {
                attempt.warn(moving + " groups were on their way from it already");
            }
        }

        private void warnOfArrivals() {
            long arriving = incoming().stream().filter(UserGroup::isInHandover).count();
            if (arriving > 0) {
                attempt.warn(arriving + " groups are in the middle of moving to it, which cannot be undone; evacuate it"
                        + " again when they have arrived");
            }
        }

        /** The backend, closed to new groups; refused if those that it has cannot go anywhere. */
        CompletionStage<Backend> drained() {
            if (hasNowhereToGo()) {
                return nowhereToGo();
            }
            if (source.status() == BackendStatus.STANDBY && source.loadFactor().equals(LoadFactor.DRAIN)) {
                return completedFuture(source);
            }
            Backend wanted = source.withStatus(BackendStatus.STANDBY).withLoadFactor(LoadFactor.DRAIN);
            return cluster.geoDb().backends().update(wanted).thenCompose(outcome -> {
                if (outcome instanceof Cas.Applied<Backend> applied) {
                    attempt.did("backend " + source.host() + " is standby with load factor 0");
                    return completedFuture(applied.row());
                }
                return BackendOperations.conflict(source, ((Cas.Lost<Backend>) outcome).current());
            });
        }

        private CompletionStage<Void> withdraw(UserGroup group) {
            if (group.isInHandover()) {
                return completedFuture(null);
            }
            return cluster.geoDb()
                    .groups()
                    .update(GroupSteps.withdrawn(group))
                    .thenAccept(outcome -> attempt.warn("the move of group "
                            + group.id().name() + " to it "
                            + (outcome instanceof Cas.Applied ? "is withdrawn" : "was changed by somebody else")));
        }

        private CompletionStage<Void> propose(EvacuationPlan.Move move, int planned) {
            GroupMove proposal = GroupMove.proposed(
                    MoveId.random(),
                    move.to().id(),
                    false,
                    "evacuation of " + source.host() + " by " + audit.operator(),
                    cluster.clock().instant());
            return cluster.geoDb()
                    .groups()
                    .update(GroupSteps.proposed(move.group(), proposal))
                    .thenAccept(outcome -> {
                        if (outcome instanceof Cas.Applied<UserGroup> applied) {
                            started.add(move(applied.row(), move.to(), Optional.of(proposal.id())));
                            attempt.did("group " + move.group().id().name() + " is to move to "
                                    + move.to().host());
                            progress.at(started.size() + " of " + planned + " moves started");
                        } else {
                            attempt.warn("group " + move.group().id().name()
                                    + " was changed by somebody else and is left alone; evacuate again");
                        }
                    });
        }

        private StartedMove move(UserGroup group, Backend to, Optional<MoveId> id) {
            return new StartedMove(
                    site.name(), group, source.host().value(), to.host().value(), id);
        }
    }
}
