package org.pombal.geodb.cassandra;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.geodb.Await.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Long enough to send all requests before the first of them gives up and makes room, on a busy machine too. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final CassandraConfig patient = TestCassandra.client("contract");
    private final CassandraConfig config = new CassandraConfig(
            patient.contactPoints(),
            patient.port(),
            patient.localDataCentre(),
            patient.keyspace(),
            patient.replication(),
            patient.credentials(),
            patient.tls(),
            REQUEST_TIMEOUT,
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
            freeze();

            List<CompletableFuture<?>> answers = IntStream.range(0, 6000)
                    .<CompletableFuture<?>>mapToObj(
                            i -> geoDb.users().find(nobody, ReadLevel.QUORUM).toCompletableFuture())
                    .toList();

            assertThat(answers.subList(Cql.MAX_IN_FLIGHT, answers.size())).allMatch(CompletableFuture::isDone);
            await().atMost(60, SECONDS).until(() -> failed(answers).count() == answers.size());
            assertThat(answers).allSatisfy(answer -> assertThat(answer)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(GeoDbUnavailableException.class));

            signal("CONT");
            await().atMost(60, SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(
                            result(geoDb.users().find(nobody, ReadLevel.QUORUM)))
                    .isEmpty());
        }
    }

    private static Stream<CompletableFuture<?>> failed(List<CompletableFuture<?>> answers) {
        return answers.stream().filter(CompletableFuture::isCompletedExceptionally);
    }

    /** Returns when no thread of it runs any more: a signal takes its time, and until then requests are answered. */
    private static void freeze() throws IOException, InterruptedException {
        signal("STOP");
        Path threads = Path.of("/proc", Long.toString(TestCassandra.shared().pid()), "task");
        // A thread may end while it is looked at.
        await().atMost(20, SECONDS).ignoreException(UncheckedIOException.class).until(() -> {
            try (Stream<Path> each = Files.list(threads)) {
                return each.allMatch(FrozenCassandraTest::isStopped);
            }
        });
    }

    private static boolean isStopped(Path thread) {
        try {
            return Files.readString(thread.resolve("status")).contains("\nState:\tT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(TestCassandra.shared().pid()))
                .start();
        assertThat(kill.waitFor(5, SECONDS)).isTrue();
    }
}
