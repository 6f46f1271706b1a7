package org.pombal.demo.site;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.cassandra.CassandraConfig;
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
        write(
                plan.geoDb(),
                plan.name(),
                IntStream.rangeClosed(1, plan.backends())
                        .mapToObj(plan::backendHost)
                        .toList());
    }

    /**
     * The same for a site that was not planned here.
     *
     * @param name of the site
     * @param hosts names of its backends
     */
    public static void write(CassandraConfig config, String name, List<String> hosts) {
        try (GeoDb geoDb = CassandraGeoDb.connect(config)) {
            Site site = standing(await(geoDb.sites().create(Site.added(SiteId.random(), name))));
            for (String host : hosts) {
                Backend backend = standing(await(
                        geoDb.backends().create(Backend.added(BackendId.random(), site.id(), new HostName(host)))));
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
