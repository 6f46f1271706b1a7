package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Sites;
import org.pombal.model.site.Site;
import org.pombal.node.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many groups the local site has. The first node that needs a group writes its setting into the site's row; from
 * then on the row decides, and a node with another setting warns once.
 */
final class LocalGroupCount {

    private static final Logger log = LoggerFactory.getLogger(LocalGroupCount.class);

    private final Topology topology;
    private final Sites sites;
    private final int setting;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param setting {@code cluster_default_group_count} */
    LocalGroupCount(Topology topology, Sites sites, int setting) {
        this.topology = requireNonNull(topology, "topology is null");
        this.sites = requireNonNull(sites, "sites is null");
        this.setting = setting;
    }

    /** The local site, with its group count settled. */
    CompletionStage<Site> find() {
        Optional<Site> site = topology.localSite();
        if (site.isEmpty()) {
            return CompletableFuture.failedFuture(new LookupFailedException("site " + topology.localSiteName()
                    + " (cluster_local_site) is not in GeoDB; add it with 'pombal cluster site add'"));
        }
        if (site.get().groupCount().isPresent()) {
            return CompletableFuture.completedFuture(checked(site.get()));
        }
        return sites.update(site.get().withGroupCount(setting)).thenCompose(outcome -> {
            if (outcome instanceof Cas.Applied<Site> applied) {
                return CompletableFuture.completedFuture(applied.row());
            }
            return ((Cas.Lost<Site>) outcome)
                    .current()
                    .filter(row -> row.groupCount().isPresent())
                    .<CompletionStage<Site>>map(row -> CompletableFuture.completedFuture(checked(row)))
                    .orElseGet(() -> CompletableFuture.failedFuture(new LookupFailedException(
                            "the row of site " + topology.localSiteName() + " is being changed by somebody else")));
        });
    }

    /** The local site with the group count that it has or would get; empty if it is not known. Changes nothing. */
    Optional<Site> expected() {
        return topology.localSite().map(site -> site.groupCount().isPresent() ? site : site.withGroupCount(setting));
    }

    private Site checked(Site site) {
        site.groupCount().ifPresent(count -> {
            if (count != setting && warned.compareAndSet(false, true)) {
                log.warn(
                        "site {} has {} groups, this node's cluster_default_group_count says {}; the site's own row decides",
                        site.name(),
                        count,
                        setting);
            }
        });
        return site;
    }
}
