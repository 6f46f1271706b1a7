package org.pombal.controller.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;

@Timeout(120)
class AccessTest {

    private static final String NEW_TOKEN = "{\"name\":\"ana\",\"role\":\"admin\",\"days\":30}";

    @Test
    void theFirstTokenMakesOneTokenAndDoesNothingElse() {
        try (TestController controller = TestController.fresh()) {
            String first = controller.firstToken();
            assertThat(controller.ask(first, "GET", "/api/v1/sites", "").status())
                    .isEqualTo(403);
            assertThat(controller.ask(first, "GET", "/api/v1/tokens", "").status())
                    .isEqualTo(403);

            Answer made = controller.ask(first, "POST", "/api/v1/tokens", NEW_TOKEN);
            assertThat(made.status()).isEqualTo(201);
            String ana = made.json().get("secret").asText();
            assertThat(controller.ask(ana, "GET", "/api/v1/sites", "").status()).isEqualTo(200);
            assertThat(controller
                            .ask(first, "POST", "/api/v1/tokens", NEW_TOKEN)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void ofManyRequestsWithTheFirstTokenOneGetsAToken() {
        try (TestController controller = TestController.fresh()) {
            String first = controller.firstToken();
            List<CompletableFuture<Answer>> asked = IntStream.range(0, 10)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> controller.ask(first, "POST", "/api/v1/tokens", NEW_TOKEN)))
                    .toList();
            List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();
            assertThat(answers.stream().map(Answer::status))
                    .containsOnlyOnce(201)
                    .allMatch(status -> status == 201 || status == 401);
            String token = answers.stream()
                    .filter(answer -> answer.status() == 201)
                    .map(answer -> answer.json().get("secret").asText())
                    .findFirst()
                    .orElseThrow();
            assertThat(controller
                            .ask(token, "GET", "/api/v1/audit?limit=100", "")
                            .json()
                            .at("/items")
                            .findValuesAsText("result"))
                    .as("each was tried and ended")
                    .isNotEmpty()
                    .doesNotContain("started");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, GET, /api/v1/sites, 200",
        "viewer, GET, /api/v1/settings, 200",
        "viewer, POST, /api/v1/tags, 403",
        "viewer, GET, /api/v1/audit, 403",
        "viewer, GET, /api/v1/tokens, 403",
        "operator, POST, /api/v1/tags, 201",
        "operator, GET, /api/v1/audit, 403",
        "operator, POST, /api/v1/tokens, 403",
        "admin, POST, /api/v1/tags, 201",
        "admin, GET, /api/v1/audit, 200",
        "admin, GET, /api/v1/tokens, 200",
    })
    void eachRoleGoesSoFar(String role, String method, String path, int status) {
        try (TestController controller = TestController.start()) {
            String token = controller.token("somebody", role);
            String body = !method.equals("POST") ? "" : path.endsWith("tags") ? "{\"name\":\"blue\"}" : NEW_TOKEN;
            assertThat(controller.ask(token, method, path, body).status()).isEqualTo(status);
        }
    }

    @Test
    void whatIsPublicNeedsNoToken() {
        try (TestController controller = TestController.fresh()) {
            for (String path : List.of(
                    "/api/v1/health",
                    "/healthz",
                    "/readyz",
                    "/api/v1/openapi.json",
                    "/api/v1/docs",
                    "/api/v1/docs/docs.js",
                    "/api/v1/docs/swagger-ui.css",
                    "/api/v1/docs/swagger-ui-bundle.js")) {
                assertThat(controller.ask("", "GET", path, "").status())
                        .as(path)
                        .isEqualTo(200);
            }
            Answer refused = controller.ask("", "GET", "/api/v1/sites", "");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                    .isPresent();
            assertThat(refused.detail()).contains("a token is needed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer nonsense",
                "Bearer",
                "Bearer pombal_first_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer pombal_nobody_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Basic !!!",
                "Basic YWRtaW46YWRtaW4=",
                "Digest x"
            })
    void wrongCredentialsAreRefusedWithoutSayingWhatIsWrong(String header) {
        try (TestController controller = TestController.start()) {
            Answer refused = controller.ask("", "GET", "/api/v1/sites", "", "Authorization", header);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.detail()).isEqualTo("the token is wrong, has expired or was revoked");
        }
    }

    @Test
    void aTokenThatIsRevokedAtOneControllerOpensTheOtherForTwoSecondsAtMost() {
        try (TestController one = TestController.start();
                TestController other = one.another()) {
            String token = one.token("ana", "viewer");
            assertThat(other.ask(token, "GET", "/api/v1/sites", "").status()).isEqualTo(200);
            one.delete("/api/v1/tokens/"
                    + token.substring("pombal_".length(), token.lastIndexOf('_', token.length() - 44)));
            long revoked = System.nanoTime();
            assertThat(one.ask(token, "GET", "/api/v1/sites", "").status()).isEqualTo(401);

            await().atMost(20, SECONDS).pollInterval(Duration.ofMillis(100)).until(() -> {
                Duration since = Duration.ofNanos(System.nanoTime() - revoked);
                boolean isIn = other.ask(token, "GET", "/api/v1/sites", "").status() == 200;
                assertThat(isIn && since.compareTo(Duration.ofSeconds(2)) > 0)
                        .as("let in %s after it was revoked", since)
                        .isFalse();
                return !isIn;
            });
        }
    }

    @Test
    void aTokenIsThePasswordOfItsNameInBasic() {
        try (TestController controller = TestController.start()) {
            String token = controller.token("legacy tool", "viewer");
            assertThat(basic(controller, "legacy tool:" + token)).isEqualTo(200);
            assertThat(basic(controller, "another tool:" + token)).isEqualTo(401);
        }
    }

    private static int basic(TestController controller, String userAndPassword) {
        String header = "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
        return controller
                .ask("", "GET", "/api/v1/sites", "", "Authorization", header)
                .status();
    }

    @Test
    void aRevokedTokenOpensNothing() {
        try (TestController controller = TestController.start()) {
            String token = controller.token("gone", "operator");
            assertThat(controller.ask(token, "GET", "/api/v1/sites", "").status())
                    .isEqualTo(200);
            String id = token.split("_", -1)[1];

            assertThat(controller.delete("/api/v1/tokens/" + id).status()).isEqualTo(200);

            assertThat(controller.ask(token, "GET", "/api/v1/sites", "").status())
                    .isEqualTo(401);
            assertThat(controller.delete("/api/v1/tokens/" + id).status()).isEqualTo(404);
        }
    }

    @Test
    void anExpiredTokenOpensNothing() {
        try (TestController controller = TestController.start()) {
            TokenSecret secret = TokenSecret.random(new SecureRandom());
            Instant now = Instant.now();
            get(controller
                    .geoDb()
                    .apiTokens()
                    .write(new ApiToken(
                            secret.id(),
                            "late",
                            Role.ADMIN,
                            secret.hash(),
                            now.minusSeconds(60),
                            "test",
                            now.minusSeconds(1),
                            Optional.empty(),
                            false,
                            1)));
            assertThat(controller
                            .ask(secret.shown(), "GET", "/api/v1/sites", "")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void secretsAreShownOnceAndNeverAgain() {
        try (TestController controller = TestController.start()) {
            String token = controller.token("ci", "viewer");
            String secret = token.substring(token.lastIndexOf('_') + 1);
            for (String path : List.of("/api/v1/tokens", "/api/v1/audit", "/api/v1/settings")) {
                assertThat(controller.get(path).response().body())
                        .doesNotContain(secret)
                        .doesNotContain("\"hash\"");
            }
            JsonNode listed = controller.get("/api/v1/tokens").json().get("items");
            assertThat(listed.findValuesAsText("name")).contains("ci", "first admin");
        }
    }

    @Test
    void anAddressThatGuessesHasToWait() {
        try (TestController controller = TestController.start("CONTROLLER_FAILED_LOGINS=3")) {
            for (int i = 0; i < 3; i++) {
                assertThat(controller.ask("wrong", "GET", "/api/v1/sites", "").status())
                        .isEqualTo(401);
            }
            Answer refused = controller.ask("wrong", "GET", "/api/v1/sites", "");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.response()
                            .headers()
                            .firstValueAsLong("Retry-After")
                            .orElseThrow())
                    .isBetween(1L, 61L);
            assertThat(controller.get("/api/v1/sites").status()).isEqualTo(429);
            assertThat(controller.ask("", "GET", "/api/v1/health", "").status()).isEqualTo(200);
        }
    }

    @Test
    void withoutGeoDbNobodyIsLetInAndToldToComeAgain() {
        try (TestController controller = TestController.start()) {
            String token = controller.token("new", "viewer");
            controller.geoDbIsAway(true);
            Answer refused = controller.ask(token, "GET", "/api/v1/sites", "");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.detail()).isEqualTo("GeoDB does not answer, and it alone knows whose the token is");
            assertThat(controller
                            .ask("", "GET", "/api/v1/health", "")
                            .json()
                            .get("status")
                            .asText())
                    .isEqualTo("degraded");
            assertThat(controller.ask("", "GET", "/readyz", "").status()).isEqualTo(503);
        }
    }

    @Test
    void everyAnswerHasTheHeadersThatBrowsersHeed() {
        try (TestController controller = TestController.fresh()) {
            for (String path : List.of("/api/v1/health", "/api/v1/sites", "/nowhere")) {
                assertThat(controller
                                .ask("", "GET", path, "")
                                .response()
                                .headers()
                                .map())
                        .containsKeys(
                                "x-content-type-options",
                                "x-frame-options",
                                "referrer-policy",
                                "content-security-policy");
            }
        }
    }
}
