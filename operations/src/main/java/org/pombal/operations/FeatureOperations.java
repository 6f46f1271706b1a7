package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.site.Site;
import org.pombal.operations.Obstacle.Conflict;

/** What an operator does with the features of sites. Each site's are changed through its own controller, which they are about. */
public final class FeatureOperations {

    /** The duty of a site's leading controller. */
    public static final String CONTROLLER_DUTY = "controller";

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    public FeatureOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    public CompletionStage<Outcome<List<SiteFeature>>> list(String siteName) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(site -> cluster.geoDb().features().list(site.id())));
    }

    public CompletionStage<Outcome<SiteFeature>> set(
            String siteName, Feature feature, FeatureState state, Precondition<SiteFeature> expected) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(this::requireOwn)
                .thenCompose(site -> cluster.geoDb().features().list(site.id()))
                .thenCompose(features -> {
                    SiteFeature standing = features.stream()
                            .filter(row -> row.feature() == feature)
                            .findFirst()
                            .orElseThrow();
                    return expected.require(standing, "feature " + feature + " of site '" + siteName + "'");
                })
                .thenCompose(standing -> cluster.geoDb()
                        .features()
                        .update(standing.changedTo(state))
                        .thenCompose(outcome -> {
                            if (outcome instanceof Cas.Applied<SiteFeature> applied) {
                                audit.changed("feature " + feature + " of site " + siteName + " set to " + state
                                        + ", was " + standing.state());
                                return completedFuture(applied.row());
                            }
                            return Attempt.stop(new Conflict("somebody else changed feature " + feature + " of site '"
                                    + siteName + "' at the same time; nothing was changed, try again"));
                        })));
    }

    private CompletionStage<Site> requireOwn(Site site) {
        if (site.name().equals(cluster.localSite())) {
            return completedFuture(site);
        }
        return cluster.geoDb()
                .leases()
                .find(new LeaseId.OfDuty(site.id(), CONTROLLER_DUTY), ReadLevel.QUORUM)
                .thenCompose(lease -> Attempt.refuse("the features of site '" + site.name()
                        + "' are changed through its own controller, this one is of site '" + cluster.localSite()
                        + "'; "
                        + lease.filter(Lease::isHeld)
                                .map(held -> "the controller of that site is " + held.holder())
                                .orElse("no controller of that site is known")));
    }
}
