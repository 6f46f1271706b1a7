package org.pombal.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.FaultPlan;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/** An in-memory GeoDB with a site "here" and a clock of its own; faults can be switched on and requests are counted. */
public final class TestCluster implements FaultPlan {

    public final Site here = Site.added(SiteId.random(), "here");
    public final AtomicInteger requests = new AtomicInteger();
    public volatile Fault fault = new Fault.None();
    /** What the fault befalls: a part of the request's words. */
    public volatile String befalls = "";

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemoryCluster cluster =
            new InMemoryCluster(new Random(1), this::now, this, (after, task) -> CompletableFuture.delayedExecutor(
                            after.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(task));
    public final GeoDb geoDb = cluster.open("test", Duration.ZERO);
    public final InstantSource clock = this::now;

    public TestCluster() {
        applied(geoDb.sites().create(here));
    }

    @Override
    public Fault next(Request request) {
        requests.incrementAndGet();
        return request.what().contains(befalls) ? fault : new Fault.None();
    }

    public Instant now() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    /** Adds a backend and brings it online. */
    public Backend online(String host) {
        Backend added =
                applied(geoDb.backends().create(Backend.added(BackendId.random(), here.id(), new HostName(host))));
        return applied(geoDb.backends().update(added.withStatus(BackendStatus.ONLINE)));
    }

    public static <T> T applied(CompletionStage<Cas<T>> outcome) {
        if (get(outcome) instanceof Cas.Applied<T> applied) {
            return applied.row();
        }
        throw new AssertionError("lost a compare-and-set that nobody contended");
    }

    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
