package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.operations.Obstacle.NotFound;
import org.pombal.operations.Obstacle.Thing;

/** What an operator does with proxies: nobody registers them, but their nodes report. */
public final class ProxyOperations {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    public ProxyOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** The proxies of a site, or of all sites, site by site. */
    public CompletionStage<Outcome<List<ProxyView>>> list(Optional<String> siteName) {
        return Attempt.at(attempt -> cluster.geoDb()
                .sites()
                .list()
                .thenCompose(all -> lookup.sites(siteName, wanted -> {
                    List<ProxyView> proxies = new ArrayList<>();
                    return Many.each(wanted, 1, site -> proxies(site, all).thenAccept(proxies::addAll))
                            .thenApply(done -> proxies);
                })));
    }

    private CompletionStage<List<ProxyView>> proxies(Site site, List<Site> sites) {
        GeoDb geoDb = cluster.geoDb();
        return geoDb.nodes().list(site.id()).thenCompose(nodes -> geoDb.proxyStatistics()
                .list(site.id())
                .thenCombine(names(site, sites), (rows, names) -> views(site, nodes, rows, names)));
    }

    private CompletionStage<Map<ProxyDestination, String>> names(Site site, List<Site> sites) {
        Map<ProxyDestination, String> names = new HashMap<>();
        sites.forEach(other -> names.put(new ProxyDestination.OfSite(other.id()), other.name()));
        return cluster.geoDb().backends().list(site.id()).thenApply(backends -> {
            backends.forEach(backend -> names.put(
                    new ProxyDestination.OfBackend(backend.id()), backend.host().value()));
            return names;
        });
    }

    private List<ProxyView> views(
            Site site, List<NodeReport> nodes, List<DestinationStatistics> rows, Map<ProxyDestination, String> names) {
        Instant now = cluster.clock().instant();
        Map<HostName, List<DestinationStatistics>> byProxy =
                rows.stream().collect(groupingBy(DestinationStatistics::proxy));
        return nodes.stream()
                .filter(node -> node.id().role() == NodeRole.PROXY)
                .map(node -> {
                    List<DestinationStatistics> its =
                            byProxy.getOrDefault(node.id().name(), List.of());
                    return new ProxyView(site, node, its.size(), destinations(its, names), now);
                })
                .toList();
    }

    private static List<String> destinations(List<DestinationStatistics> rows, Map<ProxyDestination, String> names) {
        TreeSet<String> destinations = new TreeSet<>();
        rows.forEach(row -> destinations.add(names.getOrDefault(row.destination(), id(row.destination()))));
        return List.copyOf(destinations);
    }

    private static String id(ProxyDestination destination) {
        return destination instanceof ProxyDestination.OfSite site
                ? site.id().toString()
                : ((ProxyDestination.OfBackend) destination).id().toString();
    }

    /** What the nodes of a site report of themselves, backends' before proxies'. */
    public CompletionStage<Outcome<List<NodeReport>>> nodes(String siteName) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(site -> cluster.geoDb().nodes().list(site.id())));
    }

    /**
     * How a proxy gets on with a destination.
     *
     * @param destination the host name of a backend or the name of a site; the id of one that is removed
     * @param isSite whether it is a site
     */
    public record Statistics(DestinationStatistics row, String destination, boolean isSite) {}

    /** How the proxies of a site get on with their destinations. */
    public CompletionStage<Outcome<List<Statistics>>> statistics(String siteName) {
        return Attempt.at(attempt -> lookup.site(siteName).thenCompose(site -> cluster.geoDb()
                .sites()
                .list()
                .thenCompose(sites -> names(site, sites))
                .thenCombine(cluster.geoDb().proxyStatistics().list(site.id()), (names, rows) -> rows.stream()
                        .map(row -> new Statistics(
                                row,
                                names.getOrDefault(row.destination(), id(row.destination())),
                                row.destination() instanceof ProxyDestination.OfSite))
                        .toList())));
    }

    /**
     * Removes what a proxy reported.
     *
     * @param siteName where it is; any site if empty
     * @param force although it still reports
     */
    public CompletionStage<Outcome<ProxyView>> remove(HostName proxy, Optional<String> siteName, boolean force) {
        return Attempt.at(attempt -> cluster.geoDb()
                .sites()
                .list()
                .thenCompose(all -> lookup.sites(siteName, wanted -> {
                    List<ProxyView> found = new ArrayList<>();
                    return Many.each(wanted, 1, site -> proxies(site, all).thenAccept(proxies -> proxies.stream()
                                    .filter(view -> view.report().id().name().equals(proxy))
                                    .forEach(found::add)))
                            .thenCompose(done -> only(proxy, found));
                }))
                .thenCompose(view -> remove(attempt, view, force)));
    }

    private static CompletionStage<ProxyView> only(HostName proxy, List<ProxyView> found) {
        if (found.isEmpty()) {
            return Attempt.stop(new NotFound(
                    Thing.PROXY, "no proxy '" + proxy + "' has reported to GeoDB; 'cluster proxy list' shows them"));
        }
        return found.size() == 1
                ? completedFuture(found.get(0))
                : Attempt.refuse("there are proxies '" + proxy + "' in the sites "
                        + String.join(
                                ", ",
                                found.stream().map(view -> view.site().name()).toList())
                        + "; say which with --site");
    }

    private CompletionStage<ProxyView> remove(Attempt attempt, ProxyView view, boolean force) {
        HostName proxy = view.report().id().name();
        if (!view.isStale() && !force) {
            return Attempt.refuse("proxy '" + proxy + "' reported " + view.age().toSeconds()
                    + " s ago: it runs. Stop its node and try again in "
                    + view.report().staleAfter().toSeconds() + " s, or use --force");
        }
        String what =
                "proxy " + proxy + " of site " + view.site().name() + " with " + view.rows() + " rows of statistics";
        return cluster.geoDb()
                .proxyStatistics()
                .remove(view.site().id(), proxy)
                .thenCompose(done -> {
                    attempt.did(view.rows() + " rows of statistics of proxy " + proxy + " are removed");
                    return cluster.geoDb().nodes().remove(view.report().id());
                })
                .thenApply(done -> {
                    if (view.isStale()) {
                        audit.changed(what + " removed");
                    } else {
                        audit.forced(what + " removed");
                        attempt.warn("it still reports, and is back within "
                                + view.report().interval().toSeconds() + " s unless its node is stopped");
                    }
                    return view;
                });
    }
}
