package org.pombal.geodb.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.pombal.geodb.Await.result;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.connection.ConnectingGeoDb;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

class EmbeddedCassandraTest {

    private final Path folder;

    EmbeddedCassandraTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsStoredSurvivesARestartAndClientsComeBackByThemselves() {
        EmbeddedCassandraConfig config = TestCassandra.process(folder, TestCassandra.freePort());
        CassandraConfig client = TestCassandra.client(config.cqlPort().number(), "restart");
        Site site = Site.added(SiteId.random(), "kept");
        try (ConnectingGeoDb geoDb =
                ConnectingGeoDb.start(() -> CassandraGeoDb.connect(client), RandomGenerator.getDefault())) {
            try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(config)) {
                assertThat(cassandra.isAlive()).isTrue();
                new SchemaInstaller(client, "test", Duration.ofSeconds(60), line -> {}).install();
                assertThat(geoDb.connected()).succeedsWithin(Duration.ofSeconds(20));
                assertThat(result(geoDb.sites().create(site))).isEqualTo(new Cas.Applied<>(site));
            }
            assertThatThrownBy(() -> result(geoDb.sites().find(site.id())))
                    .isInstanceOf(GeoDbUnavailableException.class)
                    .hasMessageContaining("reading site " + site.id());

            try (EmbeddedCassandra again = EmbeddedCassandra.start(config)) {
                assertThat(again.isAlive()).isTrue();
                await().atMost(20, SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(
                                result(geoDb.sites().find(site.id())))
                        .contains(site));
            }
        }
    }

    @Test
    void nothingIsLeftWhenTheProcessThatStartedItIsKilled() throws IOException {
        Process starter = new ProcessBuilder(
                        JavaHome.current("").executable().toString(),
                        "-Dpombal.cassandra.lib=" + System.getProperty("pombal.cassandra.lib"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StarterThatIsKilled.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("starter.log").toFile())
                .start();
        try {
            Path pidFile = folder.resolve("cassandra.pid");
            await().atMost(30, SECONDS)
                    .until(() ->
                            Files.exists(pidFile) && Files.readString(pidFile).endsWith("\n"));
            long pid = Long.parseLong(Files.readString(pidFile).split(" ", -1)[0]);
            ProcessHandle cassandra = ProcessHandle.of(pid).orElseThrow();
            await().atMost(30, SECONDS)
                    .until(() -> cassandra.info().command().orElse("").endsWith("java"));

            starter.destroyForcibly();

            assertThat(cassandra.onExit()).succeedsWithin(Duration.ofSeconds(10));
            try (DataFolder free = DataFolder.lock(folder)) {
                assertThat(free).isNotNull();
            }
        } finally {
            starter.destroyForcibly();
        }
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefused() {
        EmbeddedCassandraConfig running = TestCassandra.shared().config();

        assertThatThrownBy(() -> EmbeddedCassandra.start(running))
                .isInstanceOf(EmbeddedCassandraException.class)
                .hasMessageContaining("the data folder " + running.folder() + " is in use by process "
                        + ProcessHandle.current().pid());
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsSetting() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            EmbeddedCassandraConfig config = TestCassandra.process(folder, other.getLocalPort());

            assertThatThrownBy(() -> EmbeddedCassandra.start(config))
                    .isInstanceOf(EmbeddedCassandraException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1 is taken")
                    .hasMessageContaining("choose another port with the CQL port of the test");
        }
        try (DataFolder free = DataFolder.lock(folder)) {
            assertThat(free).isNotNull();
        }
    }

    @Test
    void anEarlyDeathIsReportedWithItsLastErrors() throws IOException {
        Path notAFolder = Files.createDirectories(folder.resolve("data")).resolve("commitlog");
        Files.writeString(notAFolder, "in the way");

        assertThatThrownBy(() -> EmbeddedCassandra.start(TestCassandra.process(folder, TestCassandra.freePort())))
                .isInstanceOf(EmbeddedCassandraException.class)
                .hasMessageContaining("Cassandra ended with exit code")
                .hasMessageContaining(notAFolder.toString())
                .hasMessageNotContaining("INFO");
    }

    @Test
    void aJavaThatDoesNotFitIsRefusedWithAdvice() throws IOException {
        Path java21 = Files.createDirectories(folder.resolve("jdk-21"));
        Files.writeString(java21.resolve("release"), "JAVA_VERSION=\"21.0.9\"\n");
        EmbeddedCassandraConfig config = withJava(new JavaHome(java21, "the_java_setting"));

        assertThatThrownBy(() -> EmbeddedCassandra.start(config))
                .isInstanceOf(EmbeddedCassandraException.class)
                .hasMessageContaining("needs Java 11 or 17, but " + java21 + " is Java 21")
                .hasMessageContaining("set the_java_setting to ");
    }

    @Test
    void addressesThatOthersCanReachAreRefused() {
        EmbeddedCassandraConfig config = TestCassandra.process(folder, 9042);

        EmbeddedCassandraConfig reachable = new EmbeddedCassandraConfig(
                folder,
                List.of(folder),
                config.java(),
                "0.0.0.0",
                new Port(9042, "port"),
                new Port(7000, "port"),
                Optional.empty(),
                config.ring(),
                384,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> EmbeddedCassandra.start(reachable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    private EmbeddedCassandraConfig withJava(JavaHome java) {
        EmbeddedCassandraConfig config = TestCassandra.process(folder, TestCassandra.freePort());
        return new EmbeddedCassandraConfig(
                config.folder(),
                config.classPath(),
                java,
                config.address(),
                config.cqlPort(),
                config.storagePort(),
                config.jmxPort(),
                config.ring(),
                config.heapMegabytes(),
                config.startLimit(),
                config.stopLimit());
    }
}
