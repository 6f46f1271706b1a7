package org.pombal.geodb.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig.Credentials;
import org.pombal.geodb.cassandra.CassandraConfig.LoadBalancing;
import org.pombal.geodb.cassandra.CassandraConfig.Tls;
import org.pombal.geodb.embedded.TestCassandra;

class CassandraSessionTest {

    private static CassandraConfig config(int port, String dataCentre, LoadBalancing loadBalancing, Optional<Tls> tls) {
        return new CassandraConfig(
                List.of("localhost"),
                port,
                dataCentre,
                "nothing_here",
                Map.of("datacenter1", 1),
                Optional.of(new Credentials("pombal", "s3cret")),
                tls,
                Duration.ofSeconds(5),
                loadBalancing);
    }

    private static CassandraConfig shared(String dataCentre, LoadBalancing loadBalancing) {
        return config(TestCassandra.shared().config().cqlPort().number(), dataCentre, loadBalancing, Optional.empty());
    }

    @Test
    void anUnreachableCassandraIsNamed() {
        int port = TestCassandra.freePort();
        CassandraConfig config = config(port, "datacenter1", LoadBalancing.DC_AWARE_ROUND_ROBIN, Optional.empty());

        assertThatThrownBy(() -> CassandraGeoDb.connect(config))
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("cannot connect to Cassandra at localhost:" + port)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aHostNameThatDoesNotResolveIsNamed() {
        CassandraConfig config = new CassandraConfig(
                List.of("nowhere.invalid"),
                9042,
                "datacenter1",
                "any",
                Map.of("datacenter1", 1),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                LoadBalancing.DC_AWARE_ROUND_ROBIN);

        assertThatThrownBy(() -> CassandraGeoDb.connect(config))
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("nowhere.invalid:9042");
    }

    @Test
    void aDataCentreThatCassandraDoesNotHaveIsRefusedWithThoseItHas() {
        CassandraSession sessions = new CassandraSession(shared("d8s_cluster", LoadBalancing.DC_AWARE_ROUND_ROBIN));

        assertThatThrownBy(sessions::outsideKeyspaces)
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("has no data centre d8s_cluster (CASSANDRA_LOCAL_DC), it has [datacenter1]");
    }

    @Test
    void aMissingKeyspaceIsRefusedWithWhatToDo() {
        CassandraConfig config = shared("datacenter1", LoadBalancing.DC_AWARE_ROUND_ROBIN);

        assertThatThrownBy(() -> CassandraGeoDb.connect(config))
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("has no keyspace nothing_here; 'pombal geodb init' creates it");
    }

    @Test
    void roundRobinNeedsNoLocalDataCentre() {
        try (CqlSession session =
                new CassandraSession(shared("whatever", LoadBalancing.ROUND_ROBIN)).outsideKeyspaces()) {
            assertThat(session.execute("SELECT release_version FROM system.local")
                            .one())
                    .isNotNull();
        }
    }

    @Test
    void aCaFileThatIsNoneIsRefusedBeforeAnythingIsConnected(@TempDir Path folder) throws IOException {
        Path caFile = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        CassandraConfig config = config(
                9042,
                "datacenter1",
                LoadBalancing.DC_AWARE_ROUND_ROBIN,
                Optional.of(new Tls(Optional.of(caFile), true)));

        assertThatThrownBy(() -> new CassandraSession(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLS to Cassandra: cannot use " + caFile);
    }

    @Test
    void thePasswordIsInNoText() {
        CassandraConfig config = config(9042, "dc", LoadBalancing.ROUND_ROBIN, Optional.empty());

        assertThat(config.toString()).contains("user=pombal").doesNotContain("s3cret");
    }

    @Test
    void impossibleValuesAreRefusedByName() {
        CassandraConfig good = shared("datacenter1", LoadBalancing.ROUND_ROBIN);

        assertThatThrownBy(() -> withKeyspace(good, "Bad-Name"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Bad-Name' is not a keyspace");
        assertThatThrownBy(() -> config(0, "dc", LoadBalancing.ROUND_ROBIN, Optional.empty()))
                .hasMessageContaining("port 0");
    }

    private static CassandraConfig withKeyspace(CassandraConfig config, String keyspace) {
        return new CassandraConfig(
                config.contactPoints(),
                config.port(),
                config.localDataCentre(),
                keyspace,
                config.replication(),
                config.credentials(),
                config.tls(),
                config.requestTimeout(),
                config.loadBalancing());
    }
}
