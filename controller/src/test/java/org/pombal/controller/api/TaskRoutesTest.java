package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.Controller;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.controller.site.Leadership;
import org.pombal.controller.task.redis.RedisServer;
import org.pombal.geodb.GeoDb;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.operations.Cluster;

@Timeout(180)
class TaskRoutesTest {

    private static final ExecutorService CLIENTS = Executors.newFixedThreadPool(100);

    @AfterAll
    static void end() {
        CLIENTS.shutdownNow();
    }

    private static void awaitTasks(TestController controller, String state) {
        await().atMost(60, SECONDS)
                .until(() -> health(controller).get("tasks").asText().equals(state));
    }

    private static JsonNode health(TestController controller) {
        return controller.ask("", "GET", "/api/v1/health", "").json();
    }

    private static Optional<JsonNode> pulse(TestController controller, String queue) {
        Answer answer = controller.get("/api/v1/tasks?state=done&queue=" + queue);
        return answer.status() != 200
                ? Optional.empty()
                : StreamSupport.stream(answer.json().get("items").spliterator(), false)
                        .filter(task -> task.get("name").asText().equals("pulse-" + queue))
                        .findFirst();
    }

    @Test
    void theLeaderHasAPulseInEachQueueWhichCanBeFollowed() {
        try (TestController controller = TestController.start()) {
            for (String queue : new String[] {"high", "low"}) {
                JsonNode listed = await().atMost(60, SECONDS)
                        .until(() -> pulse(controller, queue), Optional::isPresent)
                        .orElseThrow();
                Answer shown =
                        controller.get("/api/v1/tasks/" + listed.get("id").asText());
                assertThat(shown.json()).isEqualTo(listed);
                assertThat(shown.json().get("result").asText()).contains("after it was queued");
                assertThat(shown.etag()).isEqualTo("\"3\"");
            }
            awaitTasks(controller, "up");
            JsonNode queues = controller.get("/api/v1/task-queues").json().get("items");
            assertThat(queues.findValuesAsText("name")).contains("high", "low");
            assertThat(queues.get(0).get("workers")).hasSize(1);
            assertThat(queues.get(1).get("workers")).hasSize(2);
        }
    }

    @Test
    void wrongRequestsAreRefused() {
        try (TestController controller = TestController.start()) {
            assertThat(controller.get("/api/v1/tasks/nobody").status()).isEqualTo(404);
            assertThat(controller.get("/api/v1/tasks/a%20b").status()).isEqualTo(400);
            assertThat(controller.get("/api/v1/tasks?state=lost").detail())
                    .contains("waiting, running, done, given-up");
            assertThat(controller.get("/api/v1/tasks?queue=middle").status()).isEqualTo(400);
            assertThat(controller.get("/api/v1/tasks?cursor=x").detail()).contains("cursor");
            assertThat(controller.get("/api/v1/tasks?colour=red").status()).isEqualTo(400);
            assertThat(controller.ask("", "GET", "/api/v1/tasks", "").status()).isEqualTo(401);
        }
    }

    @Test
    void manyRequestsThatMayHaveToWaitShareFewThreads() {
        try (TestController controller = TestController.start()) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(
                        supplyAsync(() -> controller.get("/api/v1/task-queues").status(), CLIENTS));
            }
            assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .filteredOn(name -> name.startsWith("blocking-executor-thread"))
                    .hasSizeBetween(1, 16);
        }
    }

    @Test
    void withoutRedisTheControllerThatDoesNotLeadNamesTheOneThatDoes() throws IOException {
        try (TestController controller = TestController.start();
                GeoDb geoDb = controller.geoDb();
                Leadership elsewhere = new Leadership(
                        new Cluster(
                                geoDb,
                                "porto",
                                host -> completedFuture(true),
                                InstantSource.system(),
                                TakeoverPolicy.LEASE),
                        "elsewhere (process 1)")) {
            get(geoDb.sites().create(Site.added(SiteId.random(), "porto")));
            elsewhere.start();
            await().atMost(60, SECONDS).until(elsewhere::isHeld);
            Controller second = new Controller(
                    TestController.settings(Map.of("CLUSTER_SITE", "porto", "CONTROLLER_LISTEN", "127.0.0.1:0")),
                    geoDb,
                    line -> {});
            second.start();
            try {
                HttpRequest start = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + second.port() + "/api/v1/tasks"))
                        .header("Authorization", "Bearer " + controller.admin())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"pulse-low\"}"))
                        .build();
                Answer refused = await().atMost(60, SECONDS)
                        .until(
                                () -> controller.send(start),
                                answer -> answer.response().body().contains("elsewhere (process 1): ask that one"));
                assertThat(refused.status()).isEqualTo(409);
            } finally {
                second.stop();
            }
        }
    }

    @Test
    void aTaskIsStartedOutOfItsTurnAndCancelled() {
        try (RedisServer redis = RedisServer.start();
                TestController nobodyWorks =
                        TestController.start("CELERY_BROKER_URL=" + redis.url(), "CONTROLLER_ROLES=api")) {
            Answer started = nobodyWorks.post("/api/v1/tasks", "{\"name\":\"pulse-low\"}");
            assertThat(started.status()).as(started.response().body()).isEqualTo(202);
            String task = started.response().headers().firstValue("Location").orElseThrow();
            assertThat(nobodyWorks.get(task).json().get("state").asText()).isEqualTo("waiting");

            Answer second = nobodyWorks.post("/api/v1/tasks", "{\"name\":\"pulse-low\"}");
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.detail()).contains("is not over yet");

            assertThat(nobodyWorks.delete(task, "If-Match", "\"7\"").status()).isEqualTo(412);
            Answer cancelled = nobodyWorks.delete(task, "If-Match", "\"1\"");
            assertThat(cancelled.json().at("/result/problem").asText()).isEqualTo("cancelled by admin");
            assertThat(nobodyWorks.delete(task).status()).isEqualTo(409);
            assertThat(nobodyWorks.delete("/api/v1/tasks/nobody").status()).isEqualTo(404);
            assertThat(nobodyWorks.post("/api/v1/tasks", "{\"name\":\"x\"}").detail())
                    .contains("pulse-high, pulse-low");
            assertThat(nobodyWorks
                            .ask(nobodyWorks.token("vera", "viewer"), "DELETE", task, "")
                            .status())
                    .isEqualTo(403);
            assertThat(nobodyWorks.get("/api/v1/audit?limit=20").response().body())
                    .contains("\"action\":\"task.start\"", "\"action\":\"task.cancel\"");
            redis.kill();
            assertThat(nobodyWorks
                            .post("/api/v1/tasks", "{\"name\":\"pulse-low\"}")
                            .status())
                    .isEqualTo(503);
        }
    }

    @Test
    void whileRedisIsAwayTheControllerRunsAndSaysSo() {
        try (RedisServer redis = RedisServer.start();
                TestController controller = TestController.start("CELERY_BROKER_URL=" + redis.url())) {
            awaitTasks(controller, "up");
            controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
            assertThat(controller.get("/metrics").response().body())
                    .contains("pombal_tasks_up{site=\"lisbon\"} 1.0")
                    .contains("pombal_task_workers{queue=\"low\",site=\"lisbon\"} 2.0")
                    .contains("pombal_task_lag_seconds{queue=\"high\",site=\"lisbon\"} ");
            await().atMost(60, SECONDS).until(() -> controller
                    .get("/metrics")
                    .response()
                    .body()
                    .contains("pombal_task_pulse_age_seconds{queue=\"high\",site=\"lisbon\"} "));
            assertThat(health(controller).get("leader").asText()).isEqualTo("up");
            redis.kill();
            awaitTasks(controller, "away");
            assertThat(health(controller).get("status").asText()).isEqualTo("degraded");
            assertThat(health(controller).get("geoDb").asText()).isEqualTo("up");
            Answer refused = controller.get("/api/v1/tasks");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.detail()).contains("Redis at 127.0.0.1");
            assertThat(controller.get("/api/v1/sites").status()).isEqualTo(200);
            assertThat(controller.get("/metrics").response().body()).contains("pombal_tasks_up{site=\"lisbon\"} 0.0");
            redis.startAgain();
            awaitTasks(controller, "up");
            assertThat(controller.get("/api/v1/tasks").status()).isEqualTo(200);
        }
    }

    @Test
    void thePartsMayBeProcessesOfTheirOwn() throws IOException {
        try (RedisServer redis = RedisServer.start();
                TestController api = TestController.start("CELERY_BROKER_URL=" + redis.url(), "CONTROLLER_ROLES=api")) {
            awaitTasks(api, "idle");
            assertThat(health(api).get("status").asText()).isEqualTo("degraded");
            assertThat(health(api).get("leader").asText()).isEqualTo("missing");
            try (GeoDb geoDb = api.geoDb()) {
                Controller others = new Controller(
                        TestController.settings(Map.of(
                                "CLUSTER_SITE",
                                "lisbon",
                                "CELERY_BROKER_URL",
                                redis.url(),
                                "CONTROLLER_TASK_PULSE",
                                "1 s",
                                "CONTROLLER_ROLES",
                                "scheduler worker-high worker-low")),
                        geoDb,
                        line -> {});
                others.start();
                try {
                    awaitTasks(api, "up");
                    await().atMost(60, SECONDS)
                            .until(() -> pulse(api, "high").isPresent()
                                    && pulse(api, "low").isPresent());
                    JsonNode leader = await().atMost(60, SECONDS)
                            .until(() -> api.get("/api/v1/leader").json(), answer -> answer.has("name"));
                    assertThat(leader.get("isThis").asBoolean()).isFalse();
                    assertThat(leader.get("name").asText())
                            .endsWith("(process " + ProcessHandle.current().pid() + ")");
                } finally {
                    others.stop();
                }
                awaitTasks(api, "idle");
            }
        }
    }
}
