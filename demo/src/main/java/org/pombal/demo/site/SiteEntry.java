package org.pombal.demo.site;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/** Enters a site and its backends into GeoDB and brings the backends online. May be repeated. */
public final class SiteEntry {

    private static final int PATIENCE_SECONDS = 20;

    private SiteEntry() {}

    /** @throws IllegalStateException if GeoDB does not answer or its rows are in flux */
    public static void write(SitePlan plan) {
        try (GeoDb geoDb = CassandraGeoDb.connect(plan.geoDb())) {
            Site site = standing(await(geoDb.sites().create(Site.added(SiteId.random(), plan.name()))));
            for (int number = 1; number <= plan.backends(); number++) {
                HostName host = new HostName(plan.backendHost(number));
                Backend backend =
                        standing(await(geoDb.backends().create(Backend.added(BackendId.random(), site.id(), host))));
                if (backend.status() != BackendStatus.ONLINE) {
                    standing(await(geoDb.backends().update(backend.withStatus(BackendStatus.ONLINE))));
                }
            }
        }
    }

    private static <T> T standing(Cas<T> outcome) {
        Optional<T> row = outcome instanceof Cas.Applied<T> applied
                ? Optional.of(applied.row())
                : ((Cas.Lost<T>) outcome).current();
        return row.orElseThrow(() -> new IllegalStateException("GeoDB's rows are being changed by somebody else"));
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot enter the site into GeoDB: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while entering the site into GeoDB", e);
        }
    }
}
