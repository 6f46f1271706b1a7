package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.BackendPlacement;
import org.pombal.model.placement.Placement;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.operations.Obstacle.Conflict;

/**
 * Creates the groups of a site, or creates them anew with another count.
 *
 * <p>Creating anew takes all groups out and unassigns their users, who are placed again at their next login. That is safe
 * while none of the groups is in service ({@link Service}): whoever wants to serve a user must claim the group first, by
 * compare-and-set on the row's epoch, which taking it out makes greater. Otherwise it is refused unless forced.
 */
public final class SiteGroups {

    private static final int AT_ONCE = 32;
    private static final int REPORT_EACH = 100;

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    /**
     * How to do it.
     *
     * @param anew takes existing groups out first
     * @param force although backends serve some of them
     * @param dryRun only says what would be done
     */
    public record Mode(boolean anew, boolean force, boolean dryRun) {}

    public SiteGroups(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** @param count {@code cluster_default_group_count} */
    public CompletionStage<Outcome<GroupCounts>> create(String siteName, int count, Mode mode, Progress progress) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(site -> new OwnRows(cluster).require(site.id(), site.name(), site))
                .thenCompose(site -> cluster.geoDb().backends().list(site.id()).thenCompose(backends -> {
                    if (backends.stream().noneMatch(Backend::takesNewGroups)) {
                        return Attempt.refuse("site '" + siteName + "' has no backend that is online with a load factor"
                                + " above 0 (of " + backends.size() + "), so its groups would have nowhere to be;"
                                + " set one online with 'cluster backend update --status online'");
                    }
                    Work work = new Work(attempt, site, backends, mode, progress);
                    return mode.anew() ? work.createAnew(count) : work.createMissing(count);
                })));
    }

    /** One run. */
    private final class Work {

        private final Attempt attempt;
        private final Site site;
        private final List<Backend> backends;
        private final Mode mode;
        private final Progress progress;
        private final AtomicInteger created = new AtomicInteger();
        private final AtomicInteger removed = new AtomicInteger();
        private final AtomicLong unassigned = new AtomicLong();

        Work(Attempt attempt, Site site, List<Backend> backends, Mode mode, Progress progress) {
            this.attempt = attempt;
            this.site = site;
            this.backends = backends;
            this.mode = mode;
            this.progress = progress;
        }

        /** The site's row decides how many; it gets the count if it has none. */
        CompletionStage<GroupCounts> createMissing(int wanted) {
            int count = site.groupCount().orElse(wanted);
            if (count != wanted) {
                attempt.warn("the site has " + count + " groups, this node's cluster_default_group_count says " + wanted
                        + "; the number is changed by --update");
            }
            return present().thenCompose(groups -> {
                List<GroupId> missing = numbered(count).stream()
                        .filter(id ->
                                groups.stream().noneMatch(group -> group.id().equals(id)))
                        .toList();
                if (mode.dryRun()) {
                    return completedFuture(
                            new GroupCounts(site.name(), groups.size() + missing.size(), missing.size(), 0, 0));
                }
                CompletionStage<Site> counted = site.groupCount().isPresent() ? completedFuture(site) : counted(count);
                return counted.thenCompose(row -> place(missing)).thenApply(done -> {
                    audit.changed(created + " groups of site " + site.name() + " created");
                    return counts(groups.size() + created.get());
                });
            });
        }

        CompletionStage<GroupCounts> createAnew(int count) {
            return present()
                    .thenCompose(groups -> new Service(cluster).among(groups).thenCompose(serving -> {
                        Dependents served = new Dependents("groups");
                        serving.forEach(group -> served.add(group.id().name()));
                        if (!served.areNone() && !mode.force()) {
                            return Attempt.refuse("backends of site '" + site.name() + "' serve " + served
                                    + "; stop Dovecot on all of them, which ends the sessions and gives their leases back, and try"
                                    + " again, or use --force, which suspends the promise that a user is served by one backend at"
                                    + " a time");
                        }
                        if (mode.dryRun()) {
                            return usersOf(groups)
                                    .thenApply(
                                            users -> new GroupCounts(site.name(), count, count, groups.size(), users));
                        }
                        aboutToCreateAnew(served);
                        return counted(count)
                                .thenCompose(row -> Many.each(groups, 1, this::takeOut))
                                .thenCompose(done -> place(numbered(count)))
                                .thenApply(done -> {
                                    createdAnew(served);
                                    return counts(count);
                                });
                    }));
        }

        /** Written down before, since the promise is broken by the first group even if the last one is never reached. */
        private void aboutToCreateAnew(Dependents served) {
            if (!served.areNone()) {
                audit.suspended("groups of site " + site.name() + " are about to be created anew, while backends serve "
                        + served);
            }
        }

        private void createdAnew(Dependents served) {
            String done = "groups of site " + site.name() + " created anew: " + removed + " taken out, " + unassigned
                    + " users unassigned, " + created + " created";
            if (served.areNone()) {
                audit.changed(done);
                return;
            }
            audit.suspended(done + ", while backends served " + served);
            attempt.warn(Audit.SUSPENDED + "sessions that were open before, of " + served
                    + "; restart Dovecot on the site's backends to end them");
        }

        private CompletionStage<Site> counted(int count) {
            return cluster.geoDb().sites().update(site.withGroupCount(count)).thenCompose(outcome -> {
                if (outcome instanceof Cas.Applied<Site> applied) {
                    attempt.did("the site's group count is " + count);
                    return completedFuture(applied.row());
                }
                return Attempt.stop(new Conflict("somebody else changed site '" + site.name()
                        + "' at the same time; nothing was changed, try again"));
            });
        }

        private List<GroupId> numbered(int count) {
            return IntStream.rangeClosed(1, count)
                    .mapToObj(number -> GroupId.numbered(site.id(), number))
                    .toList();
        }

        private CompletionStage<List<UserGroup>> present() {
            List<UserGroup> all = new ArrayList<>();
            return Paging.<UserGroup>through(
                            from -> cluster.geoDb().groups().list(site.id(), from, Paging.PAGE_SIZE), groups -> {
                                all.addAll(groups);
                                return completedFuture(true);
                            })
                    .thenApply(done -> all);
        }

        private CompletionStage<Void> place(List<GroupId> ids) {
            progress.at("creating " + ids.size() + " groups");
            return Many.each(ids, AT_ONCE, id -> place(id).thenAccept(applied -> {
                int so = applied ? created.incrementAndGet() : created.get();
                if (applied && so % REPORT_EACH == 0) {
                    progress.at(so + " of " + ids.size() + " groups created");
                    attempt.did(so + " groups are created");
                }
            }));
        }

        /** Placed exactly as a node would at the first login. A group that somebody else creates meanwhile is as good. */
        private CompletionStage<Boolean> place(GroupId id) {
            Placement placement = BackendPlacement.place(id, backends);
            if (placement instanceof Placement.Placed placed) {
                return cluster.geoDb()
                        .groups()
                        .createIfAbsent(placed.group())
                        .thenApply(outcome -> outcome instanceof Cas.Applied);
            }
            return Attempt.refuse("group " + id.name() + " cannot be placed: " + placement.reason());
        }

        /** The group first: from then on nobody can claim it. */
        private CompletionStage<Void> takeOut(UserGroup group) {
            return cluster.geoDb().groups().retire(group).thenCompose(outcome -> {
                if (outcome instanceof Cas.Lost<UserGroup>) {
                    return Attempt.stop(new Conflict("group " + group.id().name() + " of site '" + site.name()
                            + "' was changed at the same time, perhaps claimed by a backend; " + attempt.soFar() + ", "
                            + removed + " groups taken out; try again"));
                }
                if (removed.incrementAndGet() % REPORT_EACH == 0) {
                    progress.at(removed + " groups taken out, " + unassigned + " users unassigned");
                }
                return eachUser(
                        group, user -> cluster.geoDb().users().retire(user).thenAccept(retired -> {
                            if (retired instanceof Cas.Applied) {
                                unassigned.incrementAndGet();
                            }
                        }));
            });
        }

        private CompletionStage<Long> usersOf(List<UserGroup> groups) {
            AtomicLong users = new AtomicLong();
            return Many.each(
                            groups,
                            1,
                            group -> eachUser(group, user -> {
                                users.incrementAndGet();
                                return completedFuture(null);
                            }))
                    .thenApply(done -> users.get());
        }

        private CompletionStage<Void> eachUser(UserGroup group, Function<User, CompletionStage<Void>> act) {
            return Paging.through(
                    from -> cluster.geoDb().users().inGroup(group.id(), from, Paging.PAGE_SIZE),
                    users -> Many.each(users, AT_ONCE, act).thenApply(done -> true));
        }

        private GroupCounts counts(int groups) {
            return new GroupCounts(site.name(), groups, created.get(), removed.get(), unassigned.get());
        }
    }
}
