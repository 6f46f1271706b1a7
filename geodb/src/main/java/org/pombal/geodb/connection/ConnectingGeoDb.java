package org.pombal.geodb.connection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.ApiTokens;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.AutomationNotes;
import org.pombal.geodb.BackendLoads;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Changes;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.Features;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Leases;
import org.pombal.geodb.MoveProgress;
import org.pombal.geodb.Nodes;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.geodb.Reachability;
import org.pombal.geodb.SiteFailovers;
import org.pombal.geodb.Sites;
import org.pombal.geodb.Users;
import org.pombal.model.node.DataCentres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GeoDB for a process that has to start, and to go on, while the real one is away or not yet set up. A thread of its own
 * tries to connect until it succeeds; until then each operation fails at once with {@link GeoDbUnavailableException} that
 * says why. What comes and goes later is the business of the GeoDB that was connected.
 */
public final class ConnectingGeoDb implements GeoDb {

    private static final Logger log = LoggerFactory.getLogger(ConnectingGeoDb.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Supplier<? extends GeoDb> connect;
    private final RandomGenerator random;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable GeoDb geoDb;
    private volatile String problem = "not yet connected to GeoDB";

    private ConnectingGeoDb(Supplier<? extends GeoDb> connect, RandomGenerator random) {
        this.connect = requireNonNull(connect, "connect is null");
        this.random = requireNonNull(random, "random is null");
        this.thread = new Thread(this::keepTrying, "geodb-connect");
        this.thread.setDaemon(true);
    }

    /**
     * Begins to connect.
     *
     * @param connect blocks until connected, or fails saying why; called again after a pause that grows to two seconds
     * @param random spreads the pauses of many processes that lost the same GeoDB
     */
    public static ConnectingGeoDb start(Supplier<? extends GeoDb> connect, RandomGenerator random) {
        ConnectingGeoDb connecting = new ConnectingGeoDb(connect, random);
        connecting.thread.start();
        return connecting;
    }

    /** Done once connected; never, if closed before. */
    public CompletionStage<Void> connected() {
        return connected.minimalCompletionStage();
    }

    /** Why there is no connection yet; empty once there is one. */
    public Optional<String> problem() {
        return geoDb == null ? Optional.of(problem) : Optional.empty();
    }

    private void keepTrying() {
        Duration pause = SHORTEST_PAUSE;
        while (!tryOnce() && !closedWithin(jittered(pause))) {
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private boolean tryOnce() {
        try {
            GeoDb opened = connect.get();
            geoDb = opened;
            if (closing.getCount() == 0) {
                opened.close();
                return true;
            }
            log.info("connected to GeoDB");
            connected.complete(null);
            return true;
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage());
            // The same reason every two seconds would only fill the log.
            if (!reason.equals(problem)) {
                log.warn("GeoDB is not available, trying on: {}", reason);
                problem = reason;
            }
            return false;
        }
    }

    private boolean closedWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Between half of it and all of it. */
    private Duration jittered(Duration pause) {
        return Duration.ofMillis(random.nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    <T> CompletionStage<T> ask(Function<GeoDb, CompletionStage<T>> question) {
        GeoDb current = geoDb;
        return current == null
                ? CompletableFuture.failedFuture(new GeoDbUnavailableException(problem))
                : question.apply(current);
    }

    @Override
    public Sites sites() {
        return new ConnectingSites(this);
    }

    @Override
    public Backends backends() {
        return new ConnectingBackends(this);
    }

    @Override
    public Groups groups() {
        return new ConnectingGroups(this);
    }

    @Override
    public Users users() {
        return new ConnectingUsers(this);
    }

    @Override
    public Leases leases() {
        return new ConnectingLeases(this);
    }

    @Override
    public Electorates electorates() {
        return new ConnectingElectorates(this);
    }

    @Override
    public MoveProgress moveProgress() {
        return new ConnectingMoveProgress(this);
    }

    @Override
    public Nodes nodes() {
        return new ConnectingNodes(this);
    }

    @Override
    public ProxyStatistics proxyStatistics() {
        return new ConnectingProxyStatistics(this);
    }

    @Override
    public AutomationNotes automationNotes() {
        return new ConnectingAutomationNotes(this);
    }

    @Override
    public BackendLoads backendLoads() {
        return new ConnectingBackendLoads(this);
    }

    @Override
    public Reachability reachability() {
        return new ConnectingReachability(this);
    }

    @Override
    public SiteFailovers siteFailovers() {
        return new ConnectingSiteFailovers(this);
    }

    @Override
    public Features features() {
        return new ConnectingFeatures(this);
    }

    @Override
    public ApiTokens apiTokens() {
        return new ConnectingApiTokens(this);
    }

    @Override
    public AuditLog auditLog() {
        return new ConnectingAuditLog(this);
    }

    @Override
    public Changes changes() {
        return new ConnectingChanges(this);
    }

    @Override
    public CompletionStage<DataCentres> dataCentres() {
        return ask(GeoDb::dataCentres);
    }

    @Override
    public CompletionStage<Instant> time() {
        return ask(GeoDb::time);
    }

    /** Stops trying, and closes the GeoDB if it is connected. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        GeoDb current = geoDb;
        if (current != null) {
            current.close();
        }
    }
}
