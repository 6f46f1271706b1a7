package org.pombal.geodb.cassandra;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.geodb.Await.result;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.embedded.TestCassandra;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.user.UserKey;

/** Cassandra does not answer, though its connections stay open. */
class FrozenCassandraTest {

    private final CassandraConfig patient = TestCassandra.client("contract");
    private final CassandraConfig config = new CassandraConfig(
            patient.contactPoints(),
            patient.port(),
            patient.localDataCentre(),
            patient.keyspace(),
            patient.replication(),
            patient.credentials(),
            patient.tls(),
            Duration.ofSeconds(2),
            patient.loadBalancing());

    @AfterEach
    void thaw() throws Exception {
        signal("CONT");
    }

    @Test
    void requestsPileUpToALimitFailInTimeAndGoOnAfterwards() throws Exception {
        new SchemaInstaller(patient, "test", Duration.ofMinutes(1), line -> {}).install();
        try (CassandraGeoDb geoDb = CassandraGeoDb.connect(config)) {
            UserKey nobody = new UserKey("nobody");
            assertThat(result(geoDb.users().find(nobody, ReadLevel.QUORUM))).isEmpty();
            signal("STOP");

            List<CompletableFuture<?>> answers = IntStream.range(0, 6000)
                    .<CompletableFuture<?>>mapToObj(
                            i -> geoDb.users().find(nobody, ReadLevel.QUORUM).toCompletableFuture())
                    .toList();

            assertThat(answers.subList(Cql.MAX_IN_FLIGHT, answers.size())).allMatch(CompletableFuture::isDone);
            await().atMost(20, SECONDS).until(() -> failed(answers).count() == answers.size());
            assertThat(answers).allSatisfy(answer -> assertThat(answer)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(GeoDbUnavailableException.class));

            signal("CONT");
            await().atMost(20, SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(
                            result(geoDb.users().find(nobody, ReadLevel.QUORUM)))
                    .isEmpty());
        }
    }

    private static Stream<CompletableFuture<?>> failed(List<CompletableFuture<?>> answers) {
        return answers.stream().filter(CompletableFuture::isCompletedExceptionally);
    }

    private static void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(TestCassandra.shared().pid()))
                .start();
        assertThat(kill.waitFor(5, SECONDS)).isTrue();
    }
}
