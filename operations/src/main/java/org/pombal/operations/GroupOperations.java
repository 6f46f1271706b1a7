package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.operations.Obstacle.Conflict;

/** What an operator does with user groups. */
public final class GroupOperations {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;
    private final OwnRows ownRows;

    public GroupOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
        this.ownRows = new OwnRows(cluster);
    }

    /** Lists the groups of a site, or of all sites, whose names are wanted; the value is how many there were. */
    public CompletionStage<Outcome<Long>> list(
            Optional<String> siteName, Predicate<String> names, Sink<GroupView> sink) {
        AtomicLong count = new AtomicLong();
        Sink<GroupView> counting = groups -> {
            count.addAndGet(groups.size());
            return sink.accept(groups);
        };
        return Attempt.at(
                attempt -> lookup.sites(siteName, sites -> Many.each(sites, 1, site -> list(site, names, counting))
                        .thenApply(done -> count.get())));
    }

    /**
     * A page of the groups of a site.
     *
     * @param from where to go on, or empty for the first page
     * @param pageSize about how many, 1 to 5000
     */
    public CompletionStage<Outcome<Page<GroupView>>> page(String siteName, Optional<PageToken> from, int pageSize) {
        return Attempt.at(
                attempt -> lookup.site(siteName).thenCompose(site -> hosts(site).thenCompose(hosts -> cluster.geoDb()
                        .groups()
                        .list(site.id(), from, pageSize)
                        .thenApply(page -> new Page<>(
                                page.rows().stream()
                                        .map(group -> new GroupView(site, group, hosts))
                                        .toList(),
                                page.next())))));
    }

    private CompletionStage<Void> list(Site site, Predicate<String> names, Sink<GroupView> sink) {
        return hosts(site)
                .thenCompose(hosts -> Paging.through(
                        from -> cluster.geoDb().groups().list(site.id(), from, Paging.PAGE_SIZE),
                        groups -> sink.accept(groups.stream()
                                        .filter(group -> names.test(group.id().name()))
                                        .map(group -> new GroupView(site, group, hosts))
                                        .toList())
                                .thenApply(taken -> true)));
    }

    private CompletionStage<Map<BackendId, String>> hosts(Site site) {
        return cluster.geoDb().backends().list(site.id()).thenApply(backends -> backends.stream()
                .collect(toMap(Backend::id, backend -> backend.host().value())));
    }

    public CompletionStage<Outcome<GroupView>> status(String siteName, String name) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(site -> lookup.group(site, name).thenCompose(group -> view(site, group))));
    }

    /** When the group's row was changed last; empty if it has been removed since. */
    public CompletionStage<Outcome<Optional<Instant>>> changedAt(GroupView view) {
        return Attempt.at(
                attempt -> cluster.geoDb().groups().changedAt(view.group().id()));
    }

    /** Of how many users with a session the source has still to let go; empty while no hand-over is under way. */
    public CompletionStage<Outcome<OptionalInt>> usersLeft(UserGroup group) {
        if (!group.isInHandover()) {
            return completedFuture(Outcome.done(OptionalInt.empty()));
        }
        MoveId move = group.move().orElseThrow().id();
        return Attempt.at(attempt -> cluster.geoDb()
                .moveProgress()
                .find(move)
                .thenApply(users -> OptionalInt.of((int) users.remaining().stream()
                        .filter(user -> !users.done().contains(user))
                        .count())));
    }

    private CompletionStage<GroupView> view(Site site, UserGroup group) {
        return hosts(site).thenApply(hosts -> new GroupView(site, group, hosts));
    }

    /** A site whose groups may be written from here. */
    private CompletionStage<Site> ownSite(String name) {
        return lookup.site(name).thenCompose(site -> ownRows.require(site.id(), site.name(), site));
    }

    /** Changes whether the group, or its users, may be moved automatically; what is empty stays. */
    public CompletionStage<Outcome<GroupView>> setSticky(
            String siteName, String name, Optional<Boolean> stickyBackend, Optional<Boolean> stickyUsers) {
        return setSticky(siteName, name, stickyBackend, stickyUsers, Precondition.none());
    }

    /** As {@link #setSticky(String, String, Optional, Optional)}, if the group is as expected. */
    public CompletionStage<Outcome<GroupView>> setSticky(
            String siteName,
            String name,
            Optional<Boolean> stickyBackend,
            Optional<Boolean> stickyUsers,
            Precondition<UserGroup> expected) {
        return Attempt.at(attempt -> ownSite(siteName)
                .thenCompose(site -> expectedGroup(site, name, expected).thenCompose(group -> {
                    UserGroup next = GroupSteps.withSticky(
                            group,
                            stickyBackend.orElse(group.stickyBackend()),
                            stickyUsers.orElse(group.stickyUsers()));
                    return cluster.geoDb().groups().update(next).thenCompose(outcome -> {
                        if (outcome instanceof Cas.Applied<UserGroup> applied) {
                            audit.changed("group " + name + " of site " + siteName + " set to sticky-backend "
                                    + next.stickyBackend() + ", sticky-users " + next.stickyUsers());
                            return view(site, applied.row());
                        }
                        return conflict(site, group, outcome);
                    });
                })));
    }

    /**
     * Asks for a move. A group that was held, since backend after backend broke with it, is so no more.
     *
     * @param direct writes the new backend down and moves nobody: if the group is in service, two backends may then serve a user at
     *     the same time
     */
    public CompletionStage<Outcome<StartedMove>> move(String siteName, String name, HostName host, boolean direct) {
        return move(siteName, name, host, direct, Precondition.none());
    }

    /** As {@link #move(String, String, HostName, boolean)}, if the group is as expected. */
    public CompletionStage<Outcome<StartedMove>> move(
            String siteName, String name, HostName host, boolean direct, Precondition<UserGroup> expected) {
        return Attempt.at(attempt -> ownSite(siteName)
                .thenCompose(site -> expectedGroup(site, name, expected).thenCompose(group -> lookup.backend(host)
                        .thenCompose(dest -> hosts(site).thenCompose(hosts -> {
                            GroupView view = new GroupView(site, group, hosts);
                            return objection(view, dest, direct)
                                    .<CompletionStage<StartedMove>>map(Attempt::refuse)
                                    .orElseGet(() -> let(group, siteName)
                                            .thenCompose(let ->
                                                    direct ? written(attempt, view, dest) : proposed(view, dest)));
                        })))));
    }

    private CompletionStage<Void> let(UserGroup group, String siteName) {
        return new GroupHolds(cluster.geoDb().automationNotes())
                .release(group.id(), cluster.clock().instant(), audit.operator())
                .thenAccept(wasHeld -> {
                    if (wasHeld) {
                        audit.changed("group " + group.id().name() + " of site " + siteName + " is held no more");
                    }
                });
    }

    private CompletionStage<UserGroup> expectedGroup(Site site, String name, Precondition<UserGroup> expected) {
        return lookup.group(site, name)
                .thenCompose(group -> expected.require(group, "group '" + name + "' of site '" + site.name() + "'"));
    }

    /** Takes a move back that its backend has not begun with. */
    public CompletionStage<Outcome<GroupView>> withdraw(
            String siteName, String name, Precondition<UserGroup> expected) {
        return Attempt.at(attempt -> ownSite(siteName)
                .thenCompose(site -> expectedGroup(site, name, expected).thenCompose(group -> {
                    Optional<GroupMove> move = group.move();
                    if (move.isEmpty() || move.get().isHandover()) {
                        return Attempt.refuse("group '" + name + "' of site '" + siteName + "' "
                                + (move.isEmpty()
                                        ? "does not move"
                                        : "is being handed over, and there is no way back: let it end, then move it"
                                                + " again"));
                    }
                    return cluster.geoDb()
                            .groups()
                            .update(GroupSteps.withdrawn(group))
                            .thenCompose(outcome -> {
                                if (outcome instanceof Cas.Applied<UserGroup> applied) {
                                    audit.changed("move " + move.get().id() + " of group " + name + " of site "
                                            + siteName + " withdrawn");
                                    return view(site, applied.row());
                                }
                                return conflict(site, group, outcome);
                            });
                })));
    }

    private static Optional<String> objection(GroupView view, Backend dest, boolean direct) {
        UserGroup group = view.group();
        String name =
                "group '" + group.id().name() + "' of site '" + view.site().name() + "'";
        if (!dest.site().equals(view.site().id())) {
            return Optional.of("backend '" + dest.host() + "' is not of site '"
                    + view.site().name() + "'; a group moves within its site");
        }
        if (group.backend().equals(dest.id()) && !group.isMoving()) {
            return Optional.of(name + " is on backend '" + dest.host() + "' already");
        }
        if (dest.status() != BackendStatus.ONLINE) {
            return Optional.of("backend '" + dest.host() + "' is " + dest.status()
                    + " and takes no sessions; set it online first, or choose another");
        }
        if (group.isMoving() && !direct) {
            return Optional.of(name + " moves already: " + view.why());
        }
        return Optional.empty();
    }

    private CompletionStage<StartedMove> proposed(GroupView view, Backend dest) {
        UserGroup group = view.group();
        GroupMove move = GroupMove.proposed(
                MoveId.random(),
                dest.id(),
                false,
                "moved by " + audit.operator(),
                cluster.clock().instant());
        return cluster.geoDb().groups().update(GroupSteps.proposed(group, move)).thenCompose(outcome -> {
            if (outcome instanceof Cas.Applied<UserGroup> applied) {
                audit.changed("move " + move.id() + " of group " + group.id().name() + " of site "
                        + view.site().name() + " from " + view.backend() + " to " + dest.host() + " asked for");
                return completedFuture(started(view, applied.row(), dest, Optional.of(move.id())));
            }
            return conflict(view.site(), group, outcome);
        });
    }

    private CompletionStage<StartedMove> written(Attempt attempt, GroupView view, Backend dest) {
        UserGroup group = view.group();
        Optional<BackendId> failover = group.failover()
                .filter(id -> !id.equals(dest.id()))
                .or(() -> Optional.of(group.backend()).filter(id -> !id.equals(dest.id())));
        return new Service(cluster).among(List.of(group)).thenCompose(serving -> cluster.geoDb()
                .groups()
                .update(GroupSteps.takenOver(group, dest.id(), failover))
                .thenCompose(outcome -> {
                    if (outcome instanceof Cas.Applied<UserGroup> applied) {
                        writtenDown(attempt, view, dest, !serving.isEmpty());
                        return completedFuture(started(view, applied.row(), dest, Optional.empty()));
                    }
                    return conflict(view.site(), group, outcome);
                }));
    }

    private void writtenDown(Attempt attempt, GroupView view, Backend dest, boolean served) {
        String done = "group " + view.group().id().name() + " of site "
                + view.site().name() + " written to " + dest.host() + " in place of " + view.backend();
        if (served) {
            audit.suspended(done);
            attempt.warn(
                    "nobody was moved: " + Audit.SUSPENDED + "sessions that are open on " + view.backend() + " now");
        } else {
            audit.forced(done);
            attempt.warn("nobody was moved: no backend serves the group");
        }
    }

    private static StartedMove started(GroupView view, UserGroup group, Backend dest, Optional<MoveId> id) {
        return new StartedMove(
                view.site().name(), group, view.backend(), dest.host().value(), id);
    }

    private static <T> CompletionStage<T> conflict(Site site, UserGroup group, Cas<UserGroup> outcome) {
        Optional<UserGroup> standing = ((Cas.Lost<UserGroup>) outcome).current();
        return Attempt.stop(
                new Conflict("somebody else changed group '" + group.id().name() + "' of site '"
                        + site.name() + "' at the same time: "
                        + standing.map(now -> "it has epoch " + now.epoch() + " now, "
                                        + (now.isMoving() ? "and moves" : "at rest"))
                                .orElse("it is removed now")
                        + "; nothing was changed"));
    }
}
