package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;
import org.pombal.model.node.SiteWrites;
import org.pombal.model.site.SiteId;

/** Sees to it that backends and groups of a site are written only where that is linearizable: see {@link SiteWrites}. */
record OwnRows(Cluster cluster) {

    /** Goes on with the value, or stops the operation before anything is written. */
    <T> CompletionStage<T> require(SiteId site, String siteName, T value) {
        boolean isOwn = cluster.localSite().equals(siteName);
        return cluster.geoDb()
                .dataCentres()
                .thenCompose(centres -> isOwn || centres.isOnlyOne()
                        ? completedFuture(value)
                        : cluster.geoDb().nodes().list(site).thenCompose(nodes -> SiteWrites.objection(
                                        siteName,
                                        isOwn,
                                        centres,
                                        nodes,
                                        cluster.clock().instant())
                                .<CompletionStage<T>>map(Attempt::refuse)
                                .orElseGet(() -> completedFuture(value))));
    }
}
