package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.server.FreePorts;
import org.pombal.geodb.cassandra.CassandraConfig;

/**
 * The controller in four processes, over a real Redis and a real Cassandra. How another scheduler follows one that is killed or hangs is seen
 * in {@link ControllerTest}, what becomes of tasks in the hands of workers in {@code RealWorkersTest}.
 */
@Timeout(400)
class ControllerPartsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ADDRESS = "127.0.0.1";

    @TempDir
    private Path folder;

    private final int port = new FreePorts(new Random()).one(ADDRESS);
    private Process redis = startRedis();

    private Process startRedis() {
        try {
            return new ProcessBuilder("redis-server", "--bind", ADDRESS, "--port", String.valueOf(port), "--save", "")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("redis-server cannot be started; script/setup installs it", e);
        }
    }

    @BeforeEach
    void redisAnswers() {
        await().atMost(Duration.ofSeconds(20)).until(this::isThere);
    }

    private boolean isThere() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void endRedis() {
        redis.destroyForcibly();
    }

    private RunningController part(CassandraConfig geoDb, String role) {
        return RunningController.start(
                folder,
                geoDb,
                Map.of(
                        "CONTROLLER_ROLES",
                        role,
                        "CELERY_BROKER_URL",
                        "redis://" + ADDRESS + ":" + port + "/0",
                        "CONTROLLER_TASK_PULSE",
                        "1 s",
                        "CONTROLLER_TASK_HOLD",
                        "4 s"));
    }

    private static boolean tasksAre(RunningController api, String state) {
        return api.ask("", "GET", "/api/v1/health", "").body().contains("\"tasks\":\"" + state + "\"");
    }

    private static String done(RunningController api, String admin, String queue) {
        return api.ask(admin, "GET", "/api/v1/tasks?state=done&queue=" + queue, "")
                .body();
    }

    private static boolean acts(RunningController api, String admin, RunningController scheduler) {
        return api.ask(admin, "GET", "/api/v1/leader", "").body().contains("(process " + scheduler.pid() + ")");
    }

    @Test
    void one_scheduler_acts_workers_work_and_the_api_says_what_is_missing() {
        CassandraConfig geoDb = SharedCassandra.keyspace("controller_parts");
        try (RunningController api = part(geoDb, "api");
                RunningController first = part(geoDb, "scheduler");
                RunningController high = part(geoDb, "worker-high");
                RunningController low = part(geoDb, "worker-low")) {
            api.awaitReady(PATIENCE);
            String admin = api.admin();
            await().atMost(PATIENCE).until(() -> tasksAre(api, "up") && acts(api, admin, first));
            for (String queue : List.of("high", "low")) {
                await().atMost(PATIENCE).until(() -> done(api, admin, queue).contains("pulse-" + queue));
            }
            assertThat(done(api, admin, "high")).contains("(process " + high.pid() + ")");
            low.signal("KILL");
            await().atMost(PATIENCE).until(() -> tasksAre(api, "idle"));

            redis.destroyForcibly();
            await().atMost(PATIENCE).until(() -> tasksAre(api, "away"));
            assertThat(api.ask(admin, "GET", "/api/v1/tasks", "").statusCode()).isEqualTo(503);
            assertThat(api.ask(admin, "GET", "/api/v1/sites", "").statusCode()).isEqualTo(200);
            try (RunningController other = part(geoDb, "worker-low")) {
                redis = startRedis();
                await().atMost(PATIENCE).until(() -> tasksAre(api, "up"));
                await().atMost(PATIENCE).until(() -> done(api, admin, "low").contains("(process " + other.pid() + ")"));
            }
        }
    }
}
