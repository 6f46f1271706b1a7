package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.lease.Lease;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteRules;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.operations.Obstacle.Conflict;

/** What an operator does with sites; creating their groups is {@link SiteGroups}. */
public final class SiteOperations {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    public SiteOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    public CompletionStage<Outcome<List<SiteView>>> list() {
        return Attempt.at(attempt -> cluster.geoDb()
                .sites()
                .list()
                .thenCombine(cluster.geoDb().sites().listTags(), (sites, tags) -> sites.stream()
                        .map(site -> view(site, tags, Map.of()))
                        .toList()));
    }

    public CompletionStage<Outcome<SiteView>> status(String name) {
        return Attempt.at(attempt -> lookup.site(name).thenCompose(site -> cluster.geoDb()
                .backends()
                .list(site.id())
                .thenCombine(
                        cluster.geoDb().sites().listTags(),
                        (backends, tags) -> view(
                                site,
                                tags,
                                backends.stream().collect(toMap(Backend::status, backend -> 1, Integer::sum))))));
    }

    private static SiteView view(Site site, List<Tag> tags, Map<BackendStatus, Integer> backends) {
        Optional<String> tagName = site.tag().map(id -> tags.stream()
                .filter(tag -> tag.id().equals(id))
                .findFirst()
                .map(Tag::name)
                .orElse(id.toString()));
        return new SiteView(site, tagName, backends);
    }

    /**
     * Adds a site, online.
     *
     * @param id the former id of a site that comes back; empty for a new one
     * @param tag name or id of its tag
     */
    public CompletionStage<Outcome<SiteView>> add(
            String name, Optional<SiteId> id, Optional<String> tag, Optional<String> loadBalancer) {
        return Attempt.at(attempt -> tag(tag).thenCompose(found -> {
            Site site = Site.added(id.orElseGet(SiteId::random), name).withTag(found.map(Tag::id));
            Site wanted = loadBalancer.map(site::withLoadBalancer).orElse(site);
            return possible(wanted, loadBalancer)
                    .thenCompose(checked -> cluster.geoDb().sites().create(wanted))
                    .thenCompose(outcome -> {
                        if (outcome instanceof Cas.Applied<Site> applied) {
                            audit.changed("site " + name + " (" + applied.row().id() + ") added");
                            return completedFuture(
                                    view(applied.row(), found.stream().toList(), Map.of()));
                        }
                        return taken(name, ((Cas.Lost<Site>) outcome).current());
                    });
        }));
    }

    private CompletionStage<Optional<Tag>> tag(Optional<String> nameOrId) {
        return nameOrId.filter(text -> !text.isBlank()).isEmpty()
                ? completedFuture(Optional.empty())
                : lookup.tag(nameOrId.get()).thenApply(Optional::of);
    }

    /** Renames first, because that is what may be impossible. */
    public CompletionStage<Outcome<SiteView>> update(String name, SiteChange change) {
        return update(name, change, Precondition.none());
    }

    /** As {@link #update(String, SiteChange)}, if the site is as expected. */
    public CompletionStage<Outcome<SiteView>> update(String name, SiteChange change, Precondition<Site> expected) {
        return Attempt.at(attempt -> tag(change.tag()).thenCompose(tag -> lookup.site(name)
                .thenCompose(site -> expected.require(site, "site '" + name + "'"))
                .thenCompose(site -> renamed(attempt, site, change))
                .thenCompose(site -> changed(attempt, site, change, tag.map(Tag::id)))
                .thenCompose(
                        site -> cluster.geoDb().sites().listTags().thenApply(tags -> view(site, tags, Map.of())))));
    }

    private CompletionStage<Site> renamed(Attempt attempt, Site site, SiteChange change) {
        if (change.newName().filter(name -> !name.equals(site.name())).isEmpty()) {
            return completedFuture(site);
        }
        String newName = change.newName().get();
        return cluster.geoDb().sites().rename(site, newName).thenCompose(outcome -> {
            if (outcome instanceof Cas.Applied<Site> applied) {
                attempt.did("site " + site.name() + " is renamed to " + newName);
                audit.changed("site " + site.name() + " renamed to " + newName);
                attempt.warn("nodes of the site need cluster_local_site = " + newName + " when they are started again");
                return completedFuture(applied.row());
            }
            Optional<Site> standing = ((Cas.Lost<Site>) outcome).current();
            return standing.filter(other -> !other.id().equals(site.id())).isPresent()
                    ? taken(newName, standing)
                    : conflict(attempt, site, standing);
        });
    }

    private CompletionStage<Site> changed(Attempt attempt, Site site, SiteChange change, Optional<TagId> tag) {
        if (!change.changesMoreThanTheName()) {
            return completedFuture(site);
        }
        Site next = change.status().map(site::withStatus).orElse(site);
        next = change.tag().isPresent() ? next.withTag(tag) : next;
        Optional<String> loadBalancer = change.loadBalancer();
        if (loadBalancer.isPresent()) {
            next = loadBalancer.get().isBlank()
                    ? next.withoutLoadBalancer()
                    : next.withLoadBalancer(loadBalancer.get());
        }
        if (!next.tag().equals(site.tag())) {
            attempt.warn("users at home in site " + site.name()
                    + " have its new tag from now on; those whose passdb says something else stay all the same");
        }
        Site wanted = next;
        return possible(wanted, loadBalancer.filter(text -> !text.isBlank()))
                .thenCompose(checked -> change.status().equals(Optional.of(SiteStatus.EVACUATE))
                        ? canBeEvacuated(wanted)
                        : completedFuture(null))
                .thenCompose(checked -> cluster.geoDb().sites().update(wanted))
                .thenCompose(outcome -> {
                    if (outcome instanceof Cas.Applied<Site> applied) {
                        audit.changed("site " + site.name() + " updated: " + applied.row());
                        return completedFuture(applied.row());
                    }
                    return conflict(attempt, site, ((Cas.Lost<Site>) outcome).current());
                });
    }

    private CompletionStage<Void> possible(Site site, Optional<String> loadBalancer) {
        if (loadBalancer.isEmpty()) {
            return completedFuture(null);
        }
        String host = loadBalancer.get();
        return cluster.geoDb()
                .sites()
                .list()
                .thenCombine(
                        isBackend(host),
                        (sites, backend) -> SiteRules.objectionToLoadBalancer(site.id(), host, sites, backend))
                .thenCompose(SiteOperations::orRefuse);
    }

    private CompletionStage<Boolean> isBackend(String host) {
        try {
            return cluster.geoDb().backends().find(new HostName(host)).thenApply(Optional::isPresent);
        } catch (IllegalArgumentException e) {
            // An address, which no backend is called by.
            return completedFuture(false);
        }
    }

    private CompletionStage<Void> canBeEvacuated(Site site) {
        return cluster.geoDb()
                .sites()
                .list()
                .thenCombine(
                        cluster.geoDb().sites().listTags(),
                        (sites, tags) -> SiteRules.objectionToEvacuation(site, sites, tags))
                .thenCompose(SiteOperations::orRefuse);
    }

    private static CompletionStage<Void> orRefuse(Optional<String> objection) {
        return objection.<CompletionStage<Void>>map(Attempt::refuse).orElseGet(() -> completedFuture(null));
    }

    /**
     * Removes a site. Not while a backend of it holds its lease, and so may serve somebody, whether forced or not.
     *
     * @param force although backends or users depend on it
     */
    public CompletionStage<Outcome<Site>> remove(String name, boolean force, Progress progress) {
        return remove(name, force, progress, Precondition.none());
    }

    /** As {@link #remove(String, boolean, Progress)}, if the site is as expected. */
    public CompletionStage<Outcome<Site>> remove(
            String name, boolean force, Progress progress, Precondition<Site> expected) {
        return Attempt.at(attempt -> lookup.site(name)
                .thenCompose(found -> expected.require(found, "site '" + name + "'"))
                .thenCompose(site -> new SiteDependents(cluster.geoDb(), progress)
                        .of(site, force)
                        .thenCompose(dependents -> {
                            if (!dependents.isEmpty() && !force) {
                                return Attempt.refuse(
                                        "site '" + name + "' still has " + String.join(", and ", dependents)
                                                + "; remove or move them first, or use --force");
                            }
                            return notServed(site).thenCompose(done -> retired(attempt, site, dependents));
                        })));
    }

    private CompletionStage<Void> notServed(Site site) {
        return cluster.geoDb().backends().list(site.id()).thenCompose(backends -> new Service(cluster)
                .leases(backends.stream().map(Backend::id).toList())
                .thenCompose(leases -> {
                    Dependents serving = new Dependents("backends");
                    backends.stream()
                            .filter(backend -> mayServe(leases.get(backend.id())))
                            .forEach(backend -> serving.add(backend.host().value()));
                    return serving.areNone()
                            ? completedFuture(null)
                            : Attempt.refuse("site '" + site.name() + "' has " + serving
                                    + " with a lease, that may have sessions now; stop Dovecot on them, which gives the"
                                    + " leases back, and try again");
                }));
    }

    private boolean mayServe(@Nullable Lease lease) {
        return lease != null && !lease.isOver(lease.incarnation(), cluster.takeover());
    }

    private CompletionStage<Site> retired(Attempt attempt, Site site, List<String> dependents) {
        return cluster.geoDb().sites().retire(site).thenCompose(outcome -> {
            if (outcome instanceof Cas.Lost<Site> lost) {
                return conflict(attempt, site, lost.current());
            }
            String done = "site " + site.name() + " (" + site.id() + ") removed";
            if (dependents.isEmpty()) {
                audit.changed(done);
            } else {
                audit.forced(done + ", with " + String.join(", and ", dependents));
                attempt.warn("these are without a site now: " + String.join(", and ", dependents));
            }
            return completedFuture(site);
        });
    }

    private static <T> CompletionStage<T> taken(String name, Optional<Site> standing) {
        return Attempt.refuse("site '" + name + "' is not possible: there is site '"
                + standing.map(Site::name).orElse("?") + "' with id "
                + standing.map(site -> site.id().toString()).orElse("?") + " already");
    }

    private static <T> CompletionStage<T> conflict(Attempt attempt, Site site, Optional<Site> standing) {
        return Attempt.stop(new Conflict("somebody else changed site '" + site.name() + "' at the same time: "
                + standing.map(now ->
                                "it is '" + now.name() + "', " + now.status() + ", version " + now.version() + " now")
                        .orElse("it is removed now")
                + "; " + attempt.soFar()));
    }
}
