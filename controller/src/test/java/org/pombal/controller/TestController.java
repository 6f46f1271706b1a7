package org.pombal.controller;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.controller.settings.MitigationSettings;
import org.pombal.controller.settings.OidcSettings;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.controller.settings.UserBalanceSettings;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.geodb.settings.GeoDbSettings;
import org.pombal.operations.BackendDoveadmSettings;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;
import org.pombal.settings.SiteSettings;

/** A controller of site lisbon, which knows b1.example.org and b2.example.org, on an in-memory GeoDB, and a client that asks it. */
public final class TestController implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came back. */
    public record Answer(int status, HttpResponse<String> response) {

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + response.body(), e);
            }
        }

        public String etag() {
            return response.headers().firstValue("ETag").orElseThrow();
        }

        public String detail() {
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(json().get("status").asInt()).isEqualTo(status);
            return json().get("detail").asText();
        }
    }

    private final AtomicBoolean away = new AtomicBoolean();
    private final InMemoryCluster store;
    private final GeoDb geoDb;
    private final List<String> console = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Path hosts;
    private final Controller controller;
    private String admin = "";

    private TestController(Map<String, String> environment) {
        this(environment, Optional.empty());
    }

    private TestController(Map<String, String> environment, Optional<InMemoryCluster> shared) {
        store = shared.orElseGet(() -> new InMemoryCluster(
                new Random(7),
                InstantSource.system(),
                request -> away.get() && request.writer().equals("controller")
                        ? new Fault.Unavailable()
                        : new Fault.None(),
                (after, task) -> CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(task)));
        geoDb = store.open("controller", Duration.ZERO);
        try {
            hosts = Files.createTempFile("hosts", "");
            Files.writeString(hosts, "127.0.0.1 b1.example.org b2.example.org\n");
            Map<String, String> all = new HashMap<>(Map.of(
                    "CLUSTER_SITE", "lisbon",
                    "CLUSTER_HOSTS_FILE", hosts.toString(),
                    "CONTROLLER_LISTEN", "127.0.0.1:0",
                    "DOMAIN", "mail.lisbon.example.org"));
            all.putAll(environment);
            controller = new Controller(settings(all), geoDb, console::add);
            controller.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its settings as they come of these variables. */
    public static Settings settings(Map<String, String> environment) {
        try {
            return new SettingsResolver(new SettingsCatalog(List.of(
                            SiteSettings.GROUP,
                            BackendDoveadmSettings.GROUP,
                            TakeoverSettings.GROUP,
                            ControllerSettings.GROUP,
                            OidcSettings.GROUP,
                            TaskSettings.GROUP,
                            MitigationSettings.GROUP,
                            BalanceSettings.GROUP,
                            UserBalanceSettings.GROUP,
                            AutoscalerSettings.GROUP,
                            GeoDbSettings.GROUP)))
                    .resolve(SettingsFile.none(), environment, ControllerSettings.GROUPS);
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One that nobody has a token of yet. */
    public static TestController fresh(String... environment) {
        Map<String, String> variables = new HashMap<>();
        Arrays.stream(environment).map(line -> line.split("=", 2)).forEach(parts -> variables.put(parts[0], parts[1]));
        return new TestController(variables);
    }

    /** One with an admin. */
    public static TestController start(String... environment) {
        TestController made = fresh(environment);
        made.admin = made.token("admin", "admin", made.firstToken());
        return made;
    }

    /** Another one of the same site and GeoDB. */
    public TestController another() {
        TestController made = new TestController(Map.of(), Optional.of(store));
        made.admin = admin;
        return made;
    }

    /** The one-time token, as it is shown to whoever starts the controller. */
    public String firstToken() {
        await().atMost(20, SECONDS).until(() -> console.stream().anyMatch(line -> line.contains("pombal_first_")));
        return console.stream()
                .filter(line -> line.contains("pombal_first_"))
                .findFirst()
                .orElseThrow()
                .strip();
    }

    /** A new token. */
    public String token(String name, String role) {
        return token(name, role, admin);
    }

    private String token(String name, String role, String by) {
        Answer made = ask(by, "POST", "/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return made.json().get("secret").asText();
    }

    public String admin() {
        return admin;
    }

    /** The same store, as somebody else sees it. */
    public GeoDb geoDb() {
        return store.open("somebody else", Duration.ZERO);
    }

    /** From now on GeoDB answers the controller, or does not. */
    public void geoDbIsAway(boolean isAway) {
        away.set(isAway);
    }

    public int port() {
        return controller.port();
    }

    public Answer get(String path) {
        return ask(admin, "GET", path, "");
    }

    public Answer post(String path, String body) {
        return ask(admin, "POST", path, body);
    }

    public Answer patch(String path, String body, String... headers) {
        return ask(admin, "PATCH", path, body, headers);
    }

    public Answer put(String path, String body, String... headers) {
        return ask(admin, "PUT", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
        return ask(admin, "DELETE", path, "", headers);
    }

    /**
     * Asks.
     *
     * @param token empty to bring none
     * @param body JSON; empty for none
     * @param headers names and values
     */
    public Answer ask(String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The result of a stage that does not take long. */
    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        controller.stop();
        geoDb.close();
        try {
            Files.delete(hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
