package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.pombal.geodb.Await.result;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.pombal.geodb.BackendLoads;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbContract;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.Nodes;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.geodb.cassandra.LossySession.Loss;
import org.pombal.geodb.embedded.TestCassandra;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.node.DataCentres;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

@TestInstance(Lifecycle.PER_CLASS)
class CassandraGeoDbTest implements GeoDbContract {

    private final CassandraConfig config = TestCassandra.client("contract");
    private final LossySession lossy;
    private final GeoDb geoDb;
    private final GeoDb another;

    CassandraGeoDbTest() {
        new SchemaInstaller(config, "test", Duration.ofMinutes(1), line -> {}).install();
        this.lossy = new LossySession(new CassandraSession(config).inKeyspace());
        this.geoDb = new CassandraGeoDb(lossy.asSession(), InstantSource.system());
        this.another = CassandraGeoDb.connect(config);
    }

    @BeforeEach
    void planNothing() {
        lossy.planNothing();
    }

    @AfterAll
    void end() {
        geoDb.close();
        another.close();
    }

    @Override
    public GeoDb geoDb() {
        return geoDb;
    }

    @Override
    public GeoDb another() {
        return another;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Faults faults() {
        return new Faults() {
            @Override
            public void loseAnswers(int count) {
                lossy.plan(count, Loss.ANSWER);
            }

            @Override
            public void loseRequests(int count) {
                lossy.plan(count, Loss.REQUEST);
            }

            @Override
            public void refuse(int count) {
                lossy.plan(count, Loss.REFUSED);
            }
        };
    }

    @Test
    void whatNodesReportExpires() {
        SiteId site = SiteId.random();
        NodeId id = new NodeId(site, NodeRole.PROXY, new HostName("p1.example.org"));
        Instant now = Instant.now();
        result(geoDb.nodes()
                .report(new NodeReport(
                        id,
                        "p1",
                        "1",
                        Optional.empty(),
                        "dc",
                        Optional.empty(),
                        now,
                        now,
                        Duration.ofSeconds(10),
                        Optional.empty())));
        result(geoDb.proxyStatistics()
                .publish(List.of(new DestinationStatistics(
                        site,
                        id.name(),
                        new ProxyDestination.OfBackend(BackendId.random()),
                        Traffic.SESSIONS,
                        now,
                        now,
                        Counts.NONE))));

        result(geoDb.backendLoads()
                .publish(new BackendLoad(site, BackendId.random(), now, Duration.ZERO, Map.of(), Map.of())));

        assertThat(secondsToLive("nodes", "host", site))
                .isBetween(Nodes.RETENTION.toSeconds() - 60, Nodes.RETENTION.toSeconds());
        assertThat(secondsToLive("proxy_dest_stats", "attempts", site))
                .isBetween(ProxyStatistics.RETENTION.toSeconds() - 60, ProxyStatistics.RETENTION.toSeconds());
        assertThat(secondsToLive("backend_loads", "measured_at", site))
                .isBetween(BackendLoads.RETENTION.toSeconds() - 60, BackendLoads.RETENTION.toSeconds());
    }

    private long secondsToLive(String table, String column, SiteId site) {
        try (CqlSession session = new CassandraSession(config).inKeyspace()) {
            return requireNonNull(
                            session.execute("SELECT TTL(" + column + ") FROM " + table + " WHERE site_id = " + site)
                                    .one())
                    .getInt(0);
        }
    }

    /** Cassandra is asked for a table of another name, which it does not have. */
    private static CqlSession withoutFeatures(CqlSession session) {
        return (CqlSession) Proxy.newProxyInstance(
                CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepare") && arguments[0] instanceof SimpleStatement statement) {
                        arguments[0] = statement.setQuery(
                                statement.getQuery().replace("cluster_settings", "cluster_settings_of_old"));
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    @Test
    void whereTheTableOfFeaturesIsMissingAllAreOnAndNoneIsChanged() {
        CqlSession session = withoutFeatures(new CassandraSession(config).inKeyspace());
        try (GeoDb old = new CassandraGeoDb(session, InstantSource.system())) {
            List<SiteFeature> features = result(old.features().list(SiteId.random()));
            assertThat(features)
                    .extracting(SiteFeature::feature, SiteFeature::state)
                    .containsExactly(
                            tuple(Feature.ERROR_MITIGATION, FeatureState.ON),
                            tuple(Feature.LOAD_BALANCING, FeatureState.ON),
                            tuple(Feature.AUTOSCALING, FeatureState.ON),
                            tuple(Feature.METRICS, FeatureState.ON));
            assertThatThrownBy(
                            () -> result(old.features().update(features.get(0).changedTo(FeatureState.OFF))))
                    .isInstanceOf(GeoDbUnavailableException.class)
                    .hasMessageContaining("pombal geodb init");
        }
    }

    @Test
    void theDataCentreThatIsAskedIsOneOfThose() {
        DataCentres centres = result(another.dataCentres());

        assertThat(centres.local()).isEqualTo(config.localDataCentre());
        assertThat(centres.all()).containsExactly(centres.local());
        assertThat(result(geoDb.dataCentres())).isEqualTo(centres);
    }
}
