package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/**
 * Has a share of the users of a site or backend moved elsewhere when they log in; their backends do it. Starts, changes and ends that; another
 * status of the site or backend ends it, too.
 */
public final class ForceMoveOperations {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    public ForceMoveOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** What is wanted of a site's users. */
    public CompletionStage<Outcome<ForcedMove>> ofSite(String name) {
        return Attempt.at(attempt -> lookup.site(name)
                .thenCompose(site -> cluster.geoDb().sites().list().thenApply(sites -> shown(site, sites))));
    }

    /**
     * Starts to move users of a site.
     *
     * @param id chooses which users; made up if empty
     * @param percentage 0 to 100
     * @param destinations names of other sites
     */
    public CompletionStage<Outcome<ForcedMove>> startSite(
            String name, Optional<String> id, int percentage, List<String> destinations) {
        return Attempt.at(attempt -> cluster.geoDb().sites().list().thenCompose(sites -> lookup.site(name)
                .thenCompose(site -> {
                    if (site.forceMove().isPresent()) {
                        return Attempt.refuse(
                                standing("site '" + name + "'", site.forceMove().get()));
                    }
                    return each(destinations, lookup::site).thenCompose(found -> {
                        Optional<String> objection = found.stream()
                                .flatMap(other -> ForcePlacement.objection(site, other)
                                        .map(why -> "users of site '" + name + "' cannot be moved to site '"
                                                + other.name() + "': it " + why)
                                        .stream())
                                .findFirst();
                        SortedSet<SiteId> ids = new TreeSet<>();
                        found.forEach(other -> ids.add(other.id()));
                        return objection
                                .<CompletionStage<ForcedMove>>map(Attempt::refuse)
                                .orElseGet(() ->
                                        written(site, Optional.of(new ForceMove<>(share(id, percentage), ids)), sites));
                    });
                })));
    }

    /** Changes how many users of a site are moved. Those who were moved stay where they are. */
    public CompletionStage<Outcome<ForcedMove>> updateSite(String name, int percentage) {
        return changedSite(name, forced -> Optional.of(forced.withPercentage(percentage)));
    }

    /** Moves no more users of a site. Those who were moved stay where they are. */
    public CompletionStage<Outcome<ForcedMove>> stopSite(String name) {
        return changedSite(name, forced -> Optional.empty());
    }

    private CompletionStage<Outcome<ForcedMove>> changedSite(
            String name, Function<ForceMove<SiteId>, Optional<ForceMove<SiteId>>> change) {
        return Attempt.at(attempt -> cluster.geoDb().sites().list().thenCompose(sites -> lookup.site(name)
                .thenCompose(site -> site.forceMove()
                        .map(forced -> written(site, change.apply(forced), sites))
                        .orElseGet(() -> Attempt.refuse(none("site '" + name + "'"))))));
    }

    private CompletionStage<ForcedMove> written(Site site, Optional<ForceMove<SiteId>> forced, Collection<Site> sites) {
        return cluster.geoDb()
                .sites()
                .update(site.withForceMove(forced))
                .thenCompose(outcome -> outcome instanceof Cas.Applied<Site> applied
                        ? completedFuture(told(shown(applied.row(), sites), "site"))
                        : Attempt.stop(conflict("site '" + site.name() + "'")));
    }

    private static ForcedMove shown(Site site, Collection<Site> sites) {
        TreeMap<SiteId, String> names = new TreeMap<>();
        sites.forEach(each -> names.put(each.id(), each.name()));
        return shown(site.name(), site.forceMove(), id -> names.getOrDefault(id, id.toString()));
    }

    /** What is wanted of a backend's users. */
    public CompletionStage<Outcome<ForcedMove>> ofBackend(HostName host) {
        return Attempt.at(attempt ->
                lookup.backend(host).thenCompose(backend -> neighbors(backend).thenApply(all -> shown(backend, all))));
    }

    /**
     * Starts to move users of a backend to groups of others.
     *
     * @param id chooses which users; made up if empty
     * @param percentage 0 to 100
     * @param destinations other backends of its site
     */
    public CompletionStage<Outcome<ForcedMove>> startBackend(
            HostName host, Optional<String> id, int percentage, List<HostName> destinations) {
        return Attempt.at(attempt -> ownBackend(host)
                .thenCompose(backend -> neighbors(backend).thenCompose(all -> {
                    if (backend.forceMove().isPresent()) {
                        return Attempt.refuse(standing(
                                "backend '" + host + "'", backend.forceMove().get()));
                    }
                    if (backend.status() != BackendStatus.ONLINE) {
                        return Attempt.refuse("backend '" + host + "' is " + backend.status()
                                + ", so its groups move away when their users log in; there is nobody to move besides");
                    }
                    return each(destinations, lookup::backend).thenCompose(found -> {
                        Optional<String> objection = found.stream()
                                .flatMap(other -> ForcePlacement.objection(backend, other)
                                        .map(why -> "users of backend '" + host + "' cannot be moved to backend '"
                                                + other.host() + "': it " + why)
                                        .stream())
                                .findFirst();
                        SortedSet<BackendId> ids = new TreeSet<>();
                        found.forEach(other -> ids.add(other.id()));
                        return objection
                                .<CompletionStage<ForcedMove>>map(Attempt::refuse)
                                .orElseGet(() -> written(
                                        backend, Optional.of(new ForceMove<>(share(id, percentage), ids)), all));
                    });
                })));
    }

    /** Changes how many users of a backend are moved. Those who were moved stay where they are. */
    public CompletionStage<Outcome<ForcedMove>> updateBackend(HostName host, int percentage) {
        return changedBackend(host, forced -> Optional.of(forced.withPercentage(percentage)));
    }

    /** Moves no more users of a backend. Those who were moved stay where they are. */
    public CompletionStage<Outcome<ForcedMove>> stopBackend(HostName host) {
        return changedBackend(host, forced -> Optional.empty());
    }

    private CompletionStage<Outcome<ForcedMove>> changedBackend(
            HostName host, Function<ForceMove<BackendId>, Optional<ForceMove<BackendId>>> change) {
        return Attempt.at(attempt -> ownBackend(host)
                .thenCompose(backend -> neighbors(backend).thenCompose(all -> backend.forceMove()
                        .map(forced -> written(backend, change.apply(forced), all))
                        .orElseGet(() -> Attempt.refuse(none("backend '" + host + "'"))))));
    }

    private CompletionStage<ForcedMove> written(
            Backend backend, Optional<ForceMove<BackendId>> forced, Collection<Backend> all) {
        return cluster.geoDb()
                .backends()
                .update(backend.withForceMove(forced))
                .thenCompose(outcome -> outcome instanceof Cas.Applied<Backend> applied
                        ? completedFuture(told(shown(applied.row(), all), "backend"))
                        : Attempt.stop(conflict("backend '" + backend.host() + "'")));
    }

    private static ForcedMove shown(Backend backend, Collection<Backend> all) {
        TreeMap<BackendId, String> names = new TreeMap<>();
        all.forEach(each -> names.put(each.id(), each.host().value()));
        return shown(backend.host().value(), backend.forceMove(), id -> names.getOrDefault(id, id.toString()));
    }

    /** A backend whose row may be written from here. */
    private CompletionStage<Backend> ownBackend(HostName host) {
        return lookup.backend(host)
                .thenCompose(
                        backend -> cluster.geoDb().sites().find(backend.site()).thenCompose(site -> new OwnRows(cluster)
                                .require(
                                        backend.site(),
                                        site.map(Site::name)
                                                .orElse(backend.site().toString()),
                                        backend)));
    }

    private CompletionStage<List<Backend>> neighbors(Backend backend) {
        return cluster.geoDb().backends().list(backend.site());
    }

    private static UserShare share(Optional<String> id, int percentage) {
        return new UserShare(id.orElseGet(() -> UUID.randomUUID().toString()), percentage);
    }

    private static <N, T> CompletionStage<List<T>> each(List<N> names, Function<N, CompletionStage<T>> find) {
        List<T> found = new ArrayList<>();
        return Many.each(names, 1, name -> find.apply(name).thenAccept(found::add))
                .thenApply(done -> found);
    }

    private static <D extends Comparable<D>> ForcedMove shown(
            String from, Optional<ForceMove<D>> forced, Function<D, String> name) {
        return new ForcedMove(
                from,
                forced.map(ForceMove::share),
                forced.stream()
                        .flatMap(its -> its.destinations().stream())
                        .map(name)
                        .sorted()
                        .toList());
    }

    private ForcedMove told(ForcedMove now, String what) {
        audit.changed(now.share()
                .map(share -> "forced move of users of " + what + " " + now.from() + " is at " + share.percentage()
                        + " % (id " + share.id() + "), to " + String.join(", ", now.destinations()))
                .orElse("forced move of users of " + what + " " + now.from() + " stopped"));
        return now;
    }

    private static String standing(String what, ForceMove<?> forced) {
        return what + " has a forced move already, at " + forced.share().percentage()
                + " %; change it with 'force-move update', or end it with 'force-move stop'";
    }

    private static String none(String what) {
        return what + " has no forced move; 'force-move start' begins one, and another status ends it";
    }

    private static Obstacle conflict(String what) {
        return new Obstacle.Conflict(
                "somebody else changed " + what + " at the same time; nothing was changed, try again");
    }
}
