package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.site.Site;
import org.pombal.operations.Obstacle.Conflict;

/** What an operator does with backends; emptying one is {@link Evacuation}. */
public final class BackendOperations {

    private static final int LEASES_AT_ONCE = 16;

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;
    private final OwnRows ownRows;

    public BackendOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
        this.ownRows = new OwnRows(cluster);
    }

    /** The backends of a site, or of all sites. */
    public CompletionStage<Outcome<List<BackendView>>> list(Optional<String> siteName) {
        return Attempt.at(attempt -> lookup.sites(siteName, sites -> {
            List<BackendView> all = new ArrayList<>();
            return Many.each(sites, 1, site -> cluster.geoDb()
                            .backends()
                            .list(site.id())
                            .thenAccept(
                                    backends -> backends.forEach(backend -> all.add(new BackendView(backend, site)))))
                    .thenApply(done -> all);
        }));
    }

    /** The backends of a site, or of all sites, with what they serve; goes through all of the sites' groups once. */
    public CompletionStage<Outcome<List<BackendLoad>>> loads(Optional<String> siteName) {
        return Attempt.at(attempt -> lookup.sites(siteName, sites -> {
            List<BackendLoad> all = new ArrayList<>();
            return Many.each(sites, 1, site -> loads(site).thenAccept(all::addAll))
                    .thenApply(done -> all);
        }));
    }

    private CompletionStage<List<BackendLoad>> loads(Site site) {
        GeoDb geoDb = cluster.geoDb();
        return geoDb.backends().list(site.id()).thenCompose(backends -> {
            Map<BackendId, int[]> counts = new HashMap<>();
            backends.forEach(backend -> counts.put(backend.id(), new int[] {0, 0, 0}));
            int[] ofOthers = {0, 0, 0};
            return Paging.through(from -> geoDb.groups().list(site.id(), from, Paging.PAGE_SIZE), groups -> {
                        groups.forEach(group -> {
                            int[] owner = counts.getOrDefault(group.backend(), ofOthers);
                            owner[0]++;
                            owner[1] += group.isMoving() ? 1 : 0;
                            group.move()
                                    .filter(move -> !move.dest().equals(group.backend()))
                                    .ifPresent(move -> counts.getOrDefault(move.dest(), ofOthers)[2]++);
                        });
                        return completedFuture(true);
                    })
                    .thenCompose(done -> withLeases(site, backends, counts));
        });
    }

    private CompletionStage<List<BackendLoad>> withLeases(
            Site site, List<Backend> backends, Map<BackendId, int[]> counts) {
        Map<BackendId, BackendLoad> loads = new ConcurrentHashMap<>();
        return Many.each(backends, LEASES_AT_ONCE, backend -> leaseAge(backend.id())
                        .thenAcceptBoth(lease(backend.id()), (age, lease) -> {
                            int[] count = counts.getOrDefault(backend.id(), new int[] {0, 0, 0});
                            loads.put(
                                    backend.id(),
                                    new BackendLoad(
                                            new BackendView(backend, site),
                                            share(backend, backends),
                                            count[0],
                                            count[1],
                                            count[2],
                                            lease,
                                            age));
                        }))
                .thenApply(done -> backends.stream()
                        .flatMap(backend -> Optional.ofNullable(loads.get(backend.id())).stream())
                        .toList());
    }

    private CompletionStage<Optional<Lease>> lease(BackendId id) {
        return cluster.geoDb().leases().find(new LeaseId.OfBackend(id), ReadLevel.QUORUM);
    }

    private CompletionStage<Optional<Duration>> leaseAge(BackendId id) {
        return cluster.geoDb()
                .leases()
                .writtenAt(new LeaseId.OfBackend(id))
                .thenApply(written -> written.map(at -> {
                    Duration age = Duration.between(at, cluster.clock().instant());
                    return age.isNegative() ? Duration.ZERO : age;
                }));
    }

    public CompletionStage<Outcome<BackendLoad>> status(HostName host) {
        return Attempt.at(attempt -> lookup.backend(host)
                .thenCompose(backend -> view(backend).thenCompose(view -> cluster.geoDb()
                        .backends()
                        .list(backend.site())
                        .thenCompose(backends -> counted(view, share(backend, backends))))));
    }

    private static double share(Backend backend, List<Backend> backends) {
        int factors = backends.stream()
                .filter(Backend::takesNewGroups)
                .mapToInt(other -> other.loadFactor().percent())
                .sum();
        return backend.takesNewGroups() ? 100.0 * backend.loadFactor().percent() / factors : 0;
    }

    private CompletionStage<BackendLoad> counted(BackendView view, double share) {
        BackendId id = view.backend().id();
        int[] counts = {0, 0, 0};
        return groups(view.backend(), group -> {
                    if (group.backend().equals(id)) {
                        counts[0]++;
                        counts[1] += group.isMoving() ? 1 : 0;
                    } else {
                        counts[2]++;
                    }
                })
                .thenCompose(done -> leaseAge(id)
                        .thenCombine(
                                lease(id),
                                (age, lease) ->
                                        new BackendLoad(view, share, counts[0], counts[1], counts[2], lease, age)));
    }

    /** A backend whose row may be written from here. */
    private CompletionStage<Backend> ownBackend(HostName host, Precondition<Backend> expected) {
        return lookup.backend(host)
                .thenCompose(backend -> expected.require(backend, "backend '" + host + "'"))
                .thenCompose(backend -> view(backend)
                        .thenCompose(view ->
                                ownRows.require(backend.site(), view.site().name(), backend)));
    }

    private CompletionStage<BackendView> view(Backend backend) {
        return cluster.geoDb()
                .sites()
                .find(backend.site())
                .thenCompose(site -> site.isPresent()
                        ? completedFuture(new BackendView(backend, site.get()))
                        : Attempt.refuse("backend '" + backend.host() + "' belongs to site " + backend.site()
                                + ", which is removed; add the site again with its --id"));
    }

    /**
     * Adds a backend, in standby. Its name must resolve.
     *
     * @param id the former id of a backend that comes back; empty for a new one
     */
    public CompletionStage<Outcome<BackendView>> add(String siteName, HostName host, Optional<BackendId> id) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(site -> ownRows.require(site.id(), site.name(), site))
                .thenCompose(site -> cluster.resolver().resolves(host).thenCompose(resolves -> {
                    if (!resolves) {
                        return Attempt.refuse(
                                "host name '" + host + "' does not resolve; a backend's name must be in DNS"
                                        + " (or in the file of cluster_hosts_file)");
                    }
                    Backend wanted = Backend.added(id.orElseGet(BackendId::random), site.id(), host);
                    return cluster.geoDb().backends().create(wanted).thenCompose(outcome -> added(site, host, outcome));
                })));
    }

    private CompletionStage<BackendView> added(Site site, HostName host, Cas<Backend> outcome) {
        if (outcome instanceof Cas.Applied<Backend> applied) {
            audit.changed("backend " + host + " (" + applied.row().id() + ") added to site " + site.name());
            return completedFuture(new BackendView(applied.row(), site));
        }
        Optional<Backend> standing = ((Cas.Lost<Backend>) outcome).current();
        return Attempt.refuse("backend '" + host + "' is not possible: there is backend '"
                + standing.map(other -> other.host().value()).orElse("?") + "' with id "
                + standing.map(other -> other.id().toString()).orElse("?") + " already");
    }

    /** Changes status, load factor, or both. Ends no session. */
    public CompletionStage<Outcome<BackendView>> update(
            HostName host, Optional<BackendStatus> status, Optional<LoadFactor> loadFactor) {
        return update(host, status, loadFactor, Precondition.none());
    }

    /** As {@link #update(HostName, Optional, Optional)}, if the backend is as expected. */
    public CompletionStage<Outcome<BackendView>> update(
            HostName host,
            Optional<BackendStatus> status,
            Optional<LoadFactor> loadFactor,
            Precondition<Backend> expected) {
        return Attempt.at(attempt -> ownBackend(host, expected).thenCompose(backend -> {
            Backend next = status.map(backend::withStatus).orElse(backend);
            Backend wanted = loadFactor.map(next::withLoadFactor).orElse(next);
            return cluster.geoDb().backends().update(wanted).thenCompose(outcome -> {
                if (outcome instanceof Cas.Applied<Backend> applied) {
                    audit.changed(
                            "backend " + host + " set to " + wanted.status() + ", load factor " + wanted.loadFactor());
                    return view(applied.row());
                }
                return conflict(backend, ((Cas.Lost<Backend>) outcome).current());
            });
        }));
    }

    /**
     * Removes a backend. Not while it serves somebody, whether forced or not.
     *
     * @param force although groups are assigned to it or on their way
     */
    public CompletionStage<Outcome<BackendView>> remove(HostName host, boolean force) {
        return remove(host, force, Precondition.none());
    }

    /** As {@link #remove(HostName, boolean)}, if the backend is as expected. */
    public CompletionStage<Outcome<BackendView>> remove(HostName host, boolean force, Precondition<Backend> expected) {
        return Attempt.at(attempt -> ownBackend(host, expected).thenCompose(backend -> view(backend)
                .thenCompose(view -> dependents(backend).thenCompose(groups -> {
                    if (groups.names().areNone()) {
                        return retired(attempt, view, groups);
                    }
                    if (!force) {
                        return Attempt.refuse("backend '" + host + "' still has " + groups.names()
                                + "; move them away with 'cluster backend evacuate --wait', or use --force");
                    }
                    return new Service(cluster).among(groups.rows()).thenCompose(serving -> {
                        if (serving.isEmpty()) {
                            return retired(attempt, view, groups);
                        }
                        Dependents served = new Dependents("groups");
                        serving.forEach(group -> served.add(group.id().name()));
                        return Attempt.refuse("backend '" + host + "' has " + groups.names() + ", of which " + served
                                + " may have sessions now; empty it with 'cluster backend evacuate --wait', or stop"
                                + " Dovecot on it, which gives its lease back, and try again");
                    });
                }))));
    }

    private CompletionStage<BackendView> retired(Attempt attempt, BackendView view, Groups before) {
        return cluster.geoDb().backends().retire(view.backend()).thenCompose(outcome -> {
            if (outcome instanceof Cas.Lost<Backend> lost) {
                return conflict(view.backend(), lost.current());
            }
            return removed(attempt, view, before);
        });
    }

    /** A group may have come between the look and the removal; that is said, and the backend can be added again. */
    private CompletionStage<BackendView> removed(Attempt attempt, BackendView view, Groups before) {
        String done = "backend " + view.backend().host() + " (" + view.backend().id() + ") removed";
        attempt.did(done);
        return dependents(view.backend()).thenApply(groups -> {
            if (groups.names().areNone() && before.names().areNone()) {
                audit.changed(done);
            } else {
                audit.forced(done + ", with " + groups.names());
                attempt.warn("nobody serves these until the backend is added again with --id "
                        + view.backend().id() + ", or they are taken over: " + groups.names());
            }
            return view;
        });
    }

    /** Groups that depend on a backend. */
    private record Groups(Dependents names, List<UserGroup> rows) {}

    private CompletionStage<Groups> dependents(Backend backend) {
        Groups dependents = new Groups(new Dependents("groups"), new ArrayList<>());
        return groups(backend, group -> {
                    dependents.rows().add(group);
                    dependents
                            .names()
                            .add(
                                    group.backend().equals(backend.id())
                                            ? group.id().name()
                                            : group.id().name() + " on its way");
                })
                .thenApply(done -> dependents);
    }

    /** All groups that a backend owns or that are moving to it. */
    private CompletionStage<Void> groups(Backend backend, Consumer<UserGroup> each) {
        return Paging.through(from -> cluster.geoDb().groups().list(backend.site(), from, Paging.PAGE_SIZE), groups -> {
            groups.stream()
                    .filter(group -> group.backend().equals(backend.id())
                            || group.move()
                                    .filter(move -> move.dest().equals(backend.id()))
                                    .isPresent())
                    .forEach(each);
            return completedFuture(true);
        });
    }

    static <T> CompletionStage<T> conflict(Backend backend, Optional<Backend> standing) {
        return Attempt.stop(new Conflict("somebody else changed backend '" + backend.host() + "' at the same time: "
                + standing.map(now -> "it is " + now.status() + ", load factor " + now.loadFactor() + ", version "
                                + now.version() + " now")
                        .orElse("it is removed now")
                + "; nothing was changed"));
    }
}
