package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real controller whose real Cassandra goes away, while it is asked things, and comes back. */
@Timeout(300)
class ControllerOutageTest {

    private static final int HEAP_MEGABYTES = 384;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** An operation makes up to three requests of two seconds; the rest is for a slow machine. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    /** Health waits a second for GeoDB. */
    private static final Duration LONGEST_HEALTH = Duration.ofSeconds(4);

    /** For how long a lease is trusted, and what a slow machine takes to see that it is not any more. */
    private static final Duration LEADS_NO_MORE = Duration.ofSeconds(20);

    /** The pulse of the tasks comes each second. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Pattern QUEUED_AT = Pattern.compile("\"queuedAt\":\"([^\"]+)\"");

    private static final String BACKEND = "/api/v1/backends/localhost";

    /** Reading and changing, of each kind of thing. */
    private static final List<List<String>> REQUESTS = List.of(
            List.of("GET", "/api/v1/sites", ""),
            List.of("GET", "/api/v1/tags", ""),
            List.of("GET", "/api/v1/backends?load=true", ""),
            List.of("GET", "/api/v1/sites/lisbon/groups", ""),
            List.of("GET", "/api/v1/users?prefix=a", ""),
            List.of("GET", "/api/v1/sites/lisbon/nodes", ""),
            List.of("GET", "/api/v1/sites/lisbon/proxy-statistics", ""),
            List.of("GET", "/api/v1/sites/lisbon/features", ""),
            List.of("GET", "/api/v1/plans/load-balancing", ""),
            List.of("GET", "/api/v1/plans/load-balancing/simulation", ""),
            List.of("GET", "/api/v1/autoscaling", ""),
            List.of("GET", "/api/v1/audit", ""),
            List.of("GET", "/metrics", ""),
            List.of("POST", "/api/v1/tags", "{\"name\":\"lost\"}"),
            List.of("POST", "/api/v1/sites", "{\"name\":\"lost\"}"),
            List.of("PATCH", BACKEND, "{\"loadFactor\":1}"),
            List.of("DELETE", BACKEND, ""),
            List.of("PUT", "/api/v1/sites/lisbon/features/metrics", "{\"state\":\"off\"}"),
            List.of("POST", "/api/v1/tokens", "{\"name\":\"lost\",\"role\":\"admin\"}"));

    @TempDir
    private Path folder;

    private final RunningCassandra cassandra = new RunningCassandra(HEAP_MEGABYTES);
    private final ExecutorService askers = Executors.newCachedThreadPool();

    private RunningController controller;
    private String admin;

    /** It starts while there is no Cassandra, and does what it is to do when there is one. */
    @BeforeEach
    void startWithoutCassandra() {
        controller = RunningController.start(
                folder, cassandra.keyspace("controller_outage"), Map.of("CONTROLLER_TASK_PULSE", "1 s"));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> status("/healthz") == 200);
        saysThatGeoDbIsAway();
        assertThat(status("/api/v1/sites")).isEqualTo(401);
        cassandra.start();
        controller.awaitReady(PATIENCE);
        admin = controller.admin();
        ask("POST", "/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"localhost\"}");
        ask("PUT", "/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
        await().atMost(PATIENCE).until(() -> controller.leads(admin));
    }

    @AfterEach
    void end() {
        controller.close();
        cassandra.close();
        askers.shutdownNow();
    }

    @Test
    void whetherCassandraHangsOrIsKilledTheControllerSaysSoDoesNothingAndGoesOnAfterwards() {
        List<String> live = listen();
        for (Outage outage : List.of(
                new Outage("hangs", cassandra::freeze, cassandra::unfreeze),
                new Outage("was killed", cassandra::kill, cassandra::start))) {
            assertThat(ask("GET", "/api/v1/sites", "").statusCode()).isEqualTo(200);
            outage.begin().run();
            // For two seconds the token is still known, and the routes themselves have to say it.
            everyRequestIsAnsweredInTimeWithWhatIsMissing(outage.name());
            await().atMost(LEADS_NO_MORE).until(() -> health().contains("\"leader\":\"missing\""));
            Instant silent = Instant.now();
            everyRequestIsAnsweredInTimeWithWhatIsMissing(outage.name());
            await().atMost(PATIENCE).until(() -> Instant.now().isAfter(silent.plus(SILENCE)));

            Instant ends = Instant.now();
            outage.end().run();
            live.clear();
            controller.awaitReady(PATIENCE);
            await().atMost(PATIENCE).until(() -> health().contains("\"status\":\"up\"") && controller.leads(admin));
            nothingWasChanged();
            assertThat(ask("PATCH", BACKEND, "{\"loadFactor\":50}").statusCode())
                    .isEqualTo(200);
            await().atMost(PATIENCE).until(() -> live.stream().anyMatch(told -> told.contains("\"backends\"")));
            nothingWasQueuedBetween(silent, ends);
            ask("PATCH", BACKEND, "{\"loadFactor\":100}");
        }
        assertThat(ask("GET", "/api/v1/plans/load-balancing/simulation", "").statusCode())
                .isEqualTo(200);
        assertThat(health()).as("no Prometheus is named").doesNotContain("prometheus");
        assertThat(controller.printed())
                .contains("does not act for site lisbon any more")
                .doesNotContain("\tat ");
    }

    private record Outage(String name, Runnable begin, Runnable end) {}

    private void saysThatGeoDbIsAway() {
        Instant asked = Instant.now();
        assertThat(health()).contains("\"status\":\"degraded\"", "\"geoDb\":\"away\"");
        HttpResponse<String> ready = controller.ask("", "GET", "/readyz", "");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("GeoDB does not answer");
        assertThat(status("/healthz")).isEqualTo(200);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(LONGEST_HEALTH.multipliedBy(2));
    }

    /** All at once, twice, so that none waits for threads that the others hold. */
    private void everyRequestIsAnsweredInTimeWithWhatIsMissing(String outage) {
        List<CompletableFuture<Void>> all = Stream.of(REQUESTS, REQUESTS)
                .flatMap(List::stream)
                .map(request -> CompletableFuture.runAsync(() -> isAnsweredInTime(outage, request), askers))
                .toList();
        saysThatGeoDbIsAway();
        all.forEach(CompletableFuture::join);
    }

    private void isAnsweredInTime(String outage, List<String> request) {
        Instant asked = Instant.now();
        HttpResponse<String> answer = ask(request.get(0), request.get(1), request.get(2));
        String what = "Cassandra " + outage + ": " + request + " -> " + answer.body();
        assertThat(Duration.between(asked, Instant.now())).as(what).isLessThan(LONGEST_ANSWER);
        assertThat(answer.statusCode()).as(what).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValueSatisfying(type -> assertThat(type)
                .startsWith("application/problem+json"));
        assertThat(answer.headers().firstValue("Retry-After")).as(what).isPresent();
        assertThat(answer.body()).as(what).contains("GeoDB does not ").doesNotContain("Exception");
    }

    private void nothingWasChanged() {
        assertThat(ask("GET", BACKEND, "").body()).contains("\"loadFactor\":100");
        assertThat(ask("GET", "/api/v1/tags", "").body()).doesNotContain("lost");
        assertThat(ask("GET", "/api/v1/sites", "").body()).contains("lisbon").doesNotContain("lost");
        assertThat(ask("GET", "/api/v1/sites/lisbon/features", "").body()).contains("\"metrics\",\"state\":\"on\"");
        assertThat(ask("GET", "/api/v1/tokens", "").body()).doesNotContain("lost");
    }

    /** The pulse is queued each second by who acts, and by nobody else. */
    private void nothingWasQueuedBetween(Instant from, Instant until) {
        await().atMost(PATIENCE).until(() -> queued().anyMatch(until::isBefore));
        assertThat(queued()).noneMatch(at -> at.isAfter(from) && at.isBefore(until));
    }

    private Stream<Instant> queued() {
        return QUEUED_AT
                .matcher(ask("GET", "/api/v1/tasks?limit=1000", "").body())
                .results()
                .map((MatchResult found) -> Instant.parse(found.group(1)));
    }

    /** What the stream of live updates says, which is to outlive the outage. */
    private List<String> listen() {
        List<String> told = new CopyOnWriteArrayList<>();
        controller.listen(admin, "/api/v1/events", told::add);
        await().atMost(PATIENCE).until(() -> !told.isEmpty());
        return told;
    }

    private String health() {
        return controller.ask("", "GET", "/api/v1/health", "").body();
    }

    private int status(String path) {
        return controller.ask("", "GET", path, "").statusCode();
    }

    private HttpResponse<String> ask(String method, String path, String body) {
        return controller.ask(admin, method, path, body);
    }
}
