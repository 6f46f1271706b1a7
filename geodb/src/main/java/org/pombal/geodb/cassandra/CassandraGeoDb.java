package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.geodb.Announcing;
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
import org.pombal.geodb.RequestObserver;
import org.pombal.geodb.SiteFailovers;
import org.pombal.geodb.Sites;
import org.pombal.geodb.Users;
import org.pombal.geodb.migration.SchemaCheck;
import org.pombal.model.node.DataCentres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GeoDB in a Cassandra cluster. Once connected it stays so: when nodes or all of Cassandra go away, operations fail with
 * {@link GeoDbUnavailableException} until they are back, at most two seconds later.
 */
public final class CassandraGeoDb implements GeoDb {

    private static final Logger log = LoggerFactory.getLogger(CassandraGeoDb.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final CqlSession session;
    private final Cql cql;
    private final PreparedStatement selectTime;
    private final CassandraSites sites;
    private final CassandraBackends backends;
    private final CassandraGroups groups;
    private final CassandraUsers users;
    private final CassandraLeases leases;
    private final CassandraElectorates electorates;
    private final CassandraMoveProgress moveProgress;
    private final CassandraNodes nodes;
    private final CassandraProxyStatistics proxyStatistics;
    private final CassandraBackendLoads backendLoads;
    private final CassandraAutomationNotes automationNotes;
    private final CassandraReachability reachability;
    private final CassandraSiteFailovers siteFailovers;
    private final CassandraFeatures features;
    private final CassandraApiTokens apiTokens;
    private final CassandraAuditLog auditLog;
    private final CassandraChanges changes;

    /**
     * Prepares all statements, which asks Cassandra and blocks.
     *
     * @param session in the keyspace; closed with this
     */
    public CassandraGeoDb(CqlSession session, InstantSource clock) {
        this(session, clock, RequestObserver.NONE);
    }

    private CassandraGeoDb(CqlSession session, InstantSource clock, RequestObserver observer) {
        this.session = requireNonNull(session, "session is null");
        this.cql = new Cql(session, observer);
        this.selectTime = cql.read("SELECT toTimestamp(now()) AS time FROM system.local", ConsistencyLevel.ONE);
        this.changes = new CassandraChanges(cql, clock);
        Announcing announcing = new Announcing(changes);
        this.sites = new CassandraSites(cql, announcing);
        this.backends = new CassandraBackends(cql, announcing);
        this.groups = new CassandraGroups(cql, announcing);
        this.users = new CassandraUsers(cql, announcing);
        this.leases = new CassandraLeases(cql);
        this.electorates = new CassandraElectorates(cql);
        this.moveProgress = new CassandraMoveProgress(cql);
        this.nodes = new CassandraNodes(cql);
        this.proxyStatistics = new CassandraProxyStatistics(cql);
        this.backendLoads = new CassandraBackendLoads(cql);
        this.automationNotes = new CassandraAutomationNotes(cql);
        this.reachability = new CassandraReachability(cql);
        this.siteFailovers = new CassandraSiteFailovers(cql, announcing);
        this.features = new CassandraFeatures(cql);
        this.apiTokens = new CassandraApiTokens(cql);
        this.auditLog = new CassandraAuditLog(cql, clock);
    }

    /**
     * Connects to a Cassandra that has the schema.
     *
     * @throws GeoDbUnavailableException if Cassandra cannot be reached, naming the contact points, or if its schema is
     *     missing, too old or too new, naming what to do
     * @throws IllegalArgumentException if the CA file cannot be used
     */
    public static CassandraGeoDb connect(CassandraConfig config) {
        return connect(new CassandraSession(config), config.keyspace());
    }

    /** As {@link #connect(CassandraConfig)}, for those who connect again and again. */
    public static CassandraGeoDb connect(CassandraSession sessions, String keyspace) {
        return connect(sessions, keyspace, RequestObserver.NONE);
    }

    /**
     * As {@link #connect(CassandraConfig)}.
     *
     * @param observer is told of all requests but those by which it is connected
     */
    public static CassandraGeoDb connect(CassandraSession sessions, String keyspace, RequestObserver observer) {
        CqlSession session = sessions.inKeyspace();
        try {
            new SchemaCheck(session, keyspace).require();
            new ServerCheck(session).warnings().forEach(log::warn);
            return new CassandraGeoDb(session, InstantSource.system(), observer);
        } catch (RuntimeException e) {
            session.forceCloseAsync();
            throw Failures.unavailable("preparing to use keyspace " + keyspace, e);
        }
    }

    @Override
    public Sites sites() {
        return sites;
    }

    @Override
    public Backends backends() {
        return backends;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public Electorates electorates() {
        return electorates;
    }

    @Override
    public MoveProgress moveProgress() {
        return moveProgress;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public ProxyStatistics proxyStatistics() {
        return proxyStatistics;
    }

    @Override
    public AutomationNotes automationNotes() {
        return automationNotes;
    }

    @Override
    public BackendLoads backendLoads() {
        return backendLoads;
    }

    @Override
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public SiteFailovers siteFailovers() {
        return siteFailovers;
    }

    @Override
    public Features features() {
        return features;
    }

    @Override
    public ApiTokens apiTokens() {
        return apiTokens;
    }

    @Override
    public AuditLog auditLog() {
        return auditLog;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public CompletionStage<DataCentres> dataCentres() {
        return DriverDataCentres.of(session);
    }

    @Override
    public CompletionStage<Instant> time() {
        return cql.one("asking for the time", selectTime.bind(), row -> requireNonNull(row.getInstant("time")))
                .thenApply(Optional::orElseThrow);
    }

    @Override
    public void close() {
        try {
            session.closeAsync().toCompletableFuture().get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            session.forceCloseAsync();
        } catch (InterruptedException e) {
            session.forceCloseAsync();
            Thread.currentThread().interrupt();
        }
    }
}
