package org.pombal.controller.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.controller.TestIssuer;

/** Programs that come with an access token of the issuer. */
@Timeout(120)
class BearerTest {

    private static TestIssuer issuer;
    private static TestController controller;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
        controller = TestController.start(issuer.settings());
    }

    @AfterAll
    static void stop() {
        controller.close();
        issuer.close();
    }

    private static Answer ask(String token) {
        return controller.ask(token, "GET", "/api/v1/sites", "");
    }

    @ParameterizedTest
    @CsvSource({
        "pombal-viewer, GET, /api/v1/sites, 200",
        "pombal-viewer, POST, /api/v1/tags, 403",
        "pombal-operator, POST, /api/v1/tags, 400",
        "pombal-operator, GET, /api/v1/tokens, 403",
        "pombal-admin, GET, /api/v1/tokens, 200",
    })
    void aTokenOfTheIssuerOpensWhatItsRoleMay(String role, String method, String path, int status) {
        String token = issuer.sign(issuer.claims(role, "another role").build());
        assertThat(controller
                        .ask(token, method, path, method.equals("POST") ? "{}" : "")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theAuditLogNamesThePersonInAWayThatHeCannotChoose() {
        String token = issuer.sign(issuer.claims("pombal-operator").build());
        assertThat(controller
                        .ask(token, "POST", "/api/v1/tags", "{\"name\":\"audited\"}")
                        .status())
                .isEqualTo(201);
        JsonNode entries = controller.get("/api/v1/audit").json().get("items");
        assertThat(entries.findValuesAsText("who")).contains("balancer (5f2c)");
        assertThat(controller.get("/api/v1/audit").response().body()).doesNotContain(token);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> badTokens() throws JOSEException {
        Date past = Date.from(Instant.now().minus(Duration.ofHours(1)));
        Date future = Date.from(Instant.now().plus(Duration.ofHours(1)));
        JWTClaimsSet good = issuer.claims("pombal-admin").build();
        return Map.of(
                        "expired",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .expirationTime(past)
                                        .build()),
                        "without an end",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .expirationTime(null)
                                        .build()),
                        "not yet valid",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .notBeforeTime(future)
                                        .build()),
                        "wrong issuer",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .issuer("https://else.example")
                                        .build()),
                        "wrong audience",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .audience("mail-shop")
                                        .build()),
                        "no audience",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .audience(List.of())
                                        .build()),
                        "an ID token",
                                issuer.sign(issuer.claims("pombal-admin")
                                        .claim("nonce", "n")
                                        .build()),
                        "unsigned", new PlainJWT(good).serialize(),
                        "key of another realm", issuer.signWithAnotherKey(good),
                        "forged key",
                                signed(
                                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                                .type(JOSEObjectType.JWT)
                                                .keyID(issuer.keyId())
                                                .build(),
                                        good))
                .entrySet()
                .stream()
                .map(entry -> org.junit.jupiter.params.provider.Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(
                header.getAlgorithm().equals(JWSAlgorithm.HS256)
                        ? new MACSigner("a secret that everybody who can check tokens would know".getBytes(UTF_8))
                        : new RSASSASigner(issuer.forgedKey()));
        return token.serialize();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aBadTokenOpensNothingAndIsNotToldWhy(String what, String token) {
        Answer refused = ask(token);
        assertThat(refused.status()).as(what).isEqualTo(401);
        assertThat(refused.detail()).isEqualTo("the token is wrong, has expired or was revoked");
    }

    @Test
    void aTokenSignedWithASharedSecretOpensNothing() throws Exception {
        assertThat(ask(signed(
                                new JWSHeader.Builder(JWSAlgorithm.HS256)
                                        .keyID(issuer.keyId())
                                        .build(),
                                issuer.claims("pombal-admin").build()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void clocksMayBeAMinuteApart() {
        Date justOver = Date.from(Instant.now().minusSeconds(30));
        Date soon = Date.from(Instant.now().plusSeconds(30));
        Date longOver = Date.from(Instant.now().minusSeconds(90));
        assertThat(ask(issuer.sign(issuer.claims("pombal-viewer")
                                .expirationTime(justOver)
                                .build()))
                        .status())
                .isEqualTo(200);
        assertThat(ask(issuer.sign(issuer.claims("pombal-viewer")
                                .notBeforeTime(soon)
                                .build()))
                        .status())
                .isEqualTo(200);
        assertThat(ask(issuer.sign(issuer.claims("pombal-viewer")
                                .expirationTime(longOver)
                                .build()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoHasNoRoleIsKnownAndMayDoNothing() {
        String token = issuer.sign(issuer.claims("staff").build());
        Answer refused = ask(token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("balancer (5f2c)").contains("CONTROLLER_OIDC_ROLES");
        assertThat(controller.ask(token, "GET", "/api/v1/me", "").json().get("roles"))
                .isEmpty();
    }

    @Test
    void withoutAnAudienceNoTokenOfTheIssuerIsTaken() {
        try (TestController forPeople = TestController.start(Stream.of(issuer.settings())
                .filter(line -> !line.startsWith("CONTROLLER_OIDC_AUDIENCE"))
                .toArray(String[]::new))) {
            assertThat(forPeople
                            .ask(issuer.sign(issuer.claims("pombal-admin").build()), "GET", "/api/v1/sites", "")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void whileTheIssuerIsAwayItsTokensHaveToWaitAndOursOpen() {
        TestIssuer gone = TestIssuer.start();
        String[] settings = gone.settings();
        int port = gone.port();
        String token = gone.sign(gone.claims("pombal-viewer").build());
        gone.close();
        try (TestController early = TestController.start(settings)) {
            Answer refused = early.ask(token, "GET", "/api/v1/sites", "");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.detail()).contains("CONTROLLER_OIDC_ISSUER");
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(early.get("/api/v1/sites").status()).isEqualTo(200);
            assertThat(early.ask("", "GET", "/api/v1/login", "").status()).isEqualTo(503);
            assertThat(health(early)).contains("\"status\":\"degraded\"", "\"issuer\":\"away\"");

            try (TestIssuer back = TestIssuer.startAt(port)) {
                String fresh = back.sign(back.claims("pombal-viewer").build());
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                                early.ask(fresh, "GET", "/api/v1/sites", "").status())
                        .isEqualTo(200));
                assertThat(health(early)).contains("\"issuer\":\"up\"");
            }
        }
    }

    private static String health(TestController controller) {
        return controller.ask("", "GET", "/api/v1/health", "").response().body();
    }

    @Test
    void anIssuerThatGoesAwayLaterLeavesItsKeysBehind() {
        TestIssuer going = TestIssuer.start();
        String token = going.sign(going.claims("pombal-viewer").build());
        try (TestController known = TestController.start(going.settings())) {
            assertThat(known.ask(token, "GET", "/api/v1/sites", "").status()).isEqualTo(200);
            going.close();
            assertThat(known.ask(token, "GET", "/api/v1/sites", "").status()).isEqualTo(200);
        }
    }
}
