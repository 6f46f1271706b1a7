package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig.LoadBalancing;

/** Opens the driver's sessions. What can be wrong without Cassandra being asked shows when this is made. */
public final class CassandraSession {

    private final CassandraConfig config;
    private final Optional<SSLContext> tls;

    /** @throws IllegalArgumentException if the CA file cannot be used, naming it */
    public CassandraSession(CassandraConfig config) {
        this.config = requireNonNull(config, "config is null");
        this.tls = config.tls().map(TlsContext::of);
    }

    /**
     * A session that is in the keyspace.
     *
     * @throws GeoDbUnavailableException if Cassandra cannot be reached, naming the contact points; if it refuses; if the
     *     local data centre is not one of its own; or if there is no such keyspace
     */
    public CqlSession inKeyspace() {
        return open(builder().withKeyspace(config.keyspace()));
    }

    /** A session that is in no keyspace, for making one; otherwise as {@link #inKeyspace()}. */
    public CqlSession outsideKeyspaces() {
        return open(builder());
    }

    private CqlSessionBuilder builder() {
        CqlSessionBuilder builder = CqlSession.builder()
                .withConfigLoader(DriverOptions.of(config))
                .addContactPoints(config.contactPoints().stream()
                        .map(host -> InetSocketAddress.createUnresolved(host, config.port()))
                        .toList());
        config.credentials().ifPresent(who -> builder.withAuthCredentials(who.user(), who.password()));
        tls.ifPresent(context -> builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(
                context, null, config.tls().orElseThrow().checkHostName())));
        return builder;
    }

    private CqlSession open(CqlSessionBuilder builder) {
        try {
            CqlSession session = builder.build();
            try {
                checkDataCentres(session);
                return session;
            } catch (RuntimeException e) {
                session.forceCloseAsync();
                throw e;
            }
        } catch (InvalidKeyspaceException e) {
            throw new GeoDbUnavailableException(
                    "Cassandra at " + config.servers() + " has no keyspace " + config.keyspace()
                            + "; 'pombal geodb init' creates it",
                    e);
        } catch (DriverException e) {
            throw new GeoDbUnavailableException(
                    "cannot connect to Cassandra at " + config.servers() + ": " + Failures.describe(e), e);
        }
    }

    private void checkDataCentres(CqlSession session) {
        Set<String> dataCentres = session.getMetadata().getNodes().values().stream()
                .map(Node::getDatacenter)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (config.loadBalancing() == LoadBalancing.ROUND_ROBIN && dataCentres.size() > 1) {
            throw new GeoDbUnavailableException(
                    "Cassandra at " + config.servers() + " has the data centres " + dataCentres
                            + ", but CASSANDRA_LOAD_BALANCING_POLICY RoundRobin is only for one; use DCAwareRoundRobin");
        }
        if (config.loadBalancing() == LoadBalancing.DC_AWARE_ROUND_ROBIN
                && !dataCentres.contains(config.localDataCentre())) {
            throw new GeoDbUnavailableException("Cassandra at " + config.servers() + " has no data centre "
                    + config.localDataCentre() + " (CASSANDRA_LOCAL_DC), it has " + dataCentres);
        }
    }
}
