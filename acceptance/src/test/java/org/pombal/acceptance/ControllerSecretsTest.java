package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.server.FreePorts;

/** A real controller that knows secrets and logs all that it can: none of them is in what it prints or answers. */
@Timeout(300)
class ControllerSecretsTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PATH = Pattern.compile("\"(/api/v1/[^\"]*)\":\\{");

    private static final String CLIENT = "pombal-at-the-issuer";
    private static final String CLIENT_SECRET = "cl1ent/Secret+5f1c";
    private static final String SESSION_KEY = "s3ssionKey-2kQ9wZ6mV4yT8uR1pL7nB5xC3dF0gHjKqWeRtY";
    private static final String REDIS_PASSWORD = "r3disPassw0rd-8e2b";
    private static final String OTHER_REDIS_PASSWORD = "an0ther-77aa";
    private static final String CASSANDRA_PASSWORD = "c4ssandraPassw0rd-91d0";
    private static final String CODE = "c0deOfTheIssuer-31ab";
    private static final String WRONG_TOKEN = "pombal_abcdefgh_" + "x7".repeat(21) + "z";

    @TempDir
    private Path folder;

    private final int redisPort = new FreePorts(new Random()).one(ADDRESS);
    private final List<String> shownToIssuer = new CopyOnWriteArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private HttpServer issuer;
    private Process redis;

    @BeforeEach
    void startWhatTheSecretsAreFor() throws IOException {
        redis = redisWith(REDIS_PASSWORD);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getByName(ADDRESS), 0), 0);
        issuer.createContext(
                "/.well-known/openid-configuration", exchange -> answer(exchange, 200, """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(issuerUrl())));
        issuer.createContext("/jwks", exchange -> answer(exchange, 200, "{\"keys\": []}"));
        issuer.createContext("/token", this::refuse);
        issuer.start();
    }

    private String issuerUrl() {
        return "http://" + ADDRESS + ":" + issuer.getAddress().getPort();
    }

    /** As one that is set up wrongly, then as one that has a fault. */
    private void refuse(HttpExchange exchange) throws IOException {
        shownToIssuer.add(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getRequestBody().readAllBytes();
        if (shownToIssuer.size() == 1) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
        } else {
            answer(exchange, 500, "<html>a fault</html>");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Process redisWith(String password) throws IOException {
        return new ProcessBuilder(
                        "redis-server",
                        "--bind",
                        ADDRESS,
                        "--port",
                        String.valueOf(redisPort),
                        "--save",
                        "",
                        "--requirepass",
                        password)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void end() {
        redis.destroyForcibly();
        issuer.stop(0);
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "LOG_LEVEL",
                "trace",
                "CASSANDRA_USERNAME",
                "pombal",
                "CASSANDRA_PASSWORD",
                CASSANDRA_PASSWORD,
                "CELERY_BROKER_URL",
                "redis://:" + REDIS_PASSWORD + "@" + ADDRESS + ":" + redisPort + "/0",
                "CONTROLLER_OIDC_ISSUER",
                issuerUrl(),
                "CONTROLLER_OIDC_CLIENT_ID",
                CLIENT,
                "CONTROLLER_OIDC_CLIENT_SECRET",
                CLIENT_SECRET,
                "CONTROLLER_PUBLIC_URL",
                "http://127.0.0.1:8080",
                "CONTROLLER_SESSION_KEY",
                SESSION_KEY));
    }

    @Test
    void nothingSecretIsPrintedOrAnswered() throws Exception {
        try (RunningController controller =
                RunningController.start(folder, SharedCassandra.keyspace("controller_secrets"), settings())) {
            controller.awaitReady(PATIENCE);
            String admin = controller.admin();
            await().atMost(PATIENCE).until(() -> tasksAre(controller, "up"));
            everythingIsAsked(controller, admin);
            twoLoginsFail(controller);
            for (String wrong : List.of(WRONG_TOKEN, admin + "x", CLIENT_SECRET)) {
                assertThat(ask(controller, wrong, "/api/v1/sites")).isEqualTo(401);
            }

            redis.destroyForcibly().waitFor();
            await().atMost(PATIENCE).until(() -> tasksAre(controller, "away"));
            redis = redisWith(OTHER_REDIS_PASSWORD);
            await().atMost(PATIENCE).until(() -> controller.printed().contains("WRONGPASS"));
            assertThat(ask(controller, admin, "/api/v1/tasks")).isEqualTo(503);

            String all = String.join("\n", answers) + "\n" + controller.printed();
            assertThat(shownToIssuer).hasSize(2);
            // What is not secret is there, so the search would find what is.
            assertThat(all).contains(CLIENT, "\"(secret)\"", issuerUrl(), "WRONGPASS", "TRACE");
            assertThat(Stream.of(
                                    CLIENT_SECRET,
                                    shownToIssuer.get(0).replace("Basic ", ""),
                                    SESSION_KEY,
                                    REDIS_PASSWORD,
                                    CASSANDRA_PASSWORD,
                                    CODE,
                                    WRONG_TOKEN.substring(WRONG_TOKEN.lastIndexOf('_') + 1),
                                    admin.substring(admin.lastIndexOf('_') + 1))
                            .flatMap(secret -> whereItIs(all, secret)))
                    .as("lines with secrets")
                    .isEmpty();
        }
    }

    private static Stream<String> whereItIs(String all, String secret) {
        List<String> forms = List.of(
                secret,
                URLEncoder.encode(secret, UTF_8),
                Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8)));
        return all.lines()
                .filter(line -> forms.stream().anyMatch(line::contains))
                .map(line -> line.substring(0, Math.min(line.length(), 500)))
                .limit(2);
    }

    private static boolean tasksAre(RunningController controller, String state) {
        return controller.ask("", "GET", "/api/v1/health", "").body().contains("\"tasks\":\"" + state + "\"");
    }

    private int ask(RunningController controller, String token, String path, String... headers) {
        HttpResponse<String> answer = controller.ask(token, "GET", path, "", headers);
        answers.add(answer.headers().map() + " " + answer.body());
        return answer.statusCode();
    }

    private void everythingIsAsked(RunningController controller, String admin) {
        String document = controller.ask("", "GET", "/api/v1/openapi.json", "").body();
        List<String> paths = Stream.concat(
                        PATH.matcher(document).results().map(found -> found.group(1)),
                        Stream.of("/metrics", "/readyz", "/", "/nothing", "/api/v1/users?cursor=%00"))
                .filter(path -> !path.equals("/api/v1/events"))
                .toList();
        assertThat(paths).hasSizeGreaterThan(40);
        for (String path : paths) {
            ask(controller, admin, path.replace("{site}", "lisbon").replaceAll("\\{[a-z]+}", "x"));
        }
    }

    /** The issuer refuses the first one, and has a fault at the second. */
    private void twoLoginsFail(RunningController controller) {
        for (int expected : new int[] {401, 503}) {
            HttpResponse<String> begun = controller.ask("", "GET", "/api/v1/login", "");
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
            String cookie =
                    begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            Matcher state = Pattern.compile("[?&]state=([^&]+)")
                    .matcher(begun.headers().firstValue("Location").orElseThrow());
            assertThat(state.find()).isTrue();
            assertThat(ask(
                            controller,
                            "",
                            "/api/v1/login/callback?code=" + CODE + "&state=" + state.group(1),
                            "Cookie",
                            cookie))
                    .isEqualTo(expected);
        }
    }

    @Test
    void settingsThatAreRefusedAreNotShownWithTheirSecrets() throws Exception {
        Map<String, String> settings = settings();
        settings.put("CELERY_BROKER_URL", "amqp://pombal:" + REDIS_PASSWORD + "@" + ADDRESS);
        settings.put("CONTROLLER_SESSION_KEY", SESSION_KEY.substring(0, 20));
        settings.put("PROMETHEUS_URL", "http://pombal:" + CASSANDRA_PASSWORD + "@" + ADDRESS + ":9090");
        settings.put("AUTOSCALER_URL", "http://pombal:" + CLIENT_SECRET + "^@" + ADDRESS);
        settings.put("CONTROLLER_OIDC_ISSUER", "https://" + CODE + ":" + CODE + "@" + ADDRESS);
        try (RunningController controller =
                RunningController.start(folder, SharedCassandra.absentKeyspace("controllers"), settings)) {
            assertThat(controller.awaitEnd()).isEqualTo(78);
            assertThat(controller.printed())
                    .contains(
                            "CELERY_BROKER_URL",
                            "CONTROLLER_SESSION_KEY",
                            "PROMETHEUS_URL = http://(secret)@127.0.0.1:9090",
                            "AUTOSCALER_URL = http://(secret)@127.0.0.1",
                            "CONTROLLER_OIDC_ISSUER = https://(secret)@127.0.0.1")
                    .doesNotContain(
                            REDIS_PASSWORD, SESSION_KEY.substring(0, 20), CASSANDRA_PASSWORD, CLIENT_SECRET, CODE);
        }
    }
}
