package org.pombal.controller.browser;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.controller.TestIssuer;
import org.pombal.controller.oidc.LoginAttempt;

/** People who log in with a browser, at a controller that browsers reach as https://pombal.example.org. */
@Timeout(120)
class LoginTest {

    private static final String HERE = "https://pombal.example.org";
    private static final String LOGIN = "__Host-pombal_login";
    private static final String SESSION = "__Host-pombal_session";

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

    private static String setCookie(Answer answer, String name) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in "
                        + answer.response().headers().map()));
    }

    private static String cookie(Answer answer, String name) {
        return setCookie(answer, name).split(";", 2)[0];
    }

    private static String location(Answer answer) {
        return answer.response().headers().firstValue("Location").orElseThrow();
    }

    private static Answer get(String path, String cookie) {
        return controller.ask("", "GET", path, "", "Cookie", cookie);
    }

    /** A browser that was at the issuer and is on its way back. */
    private record Back(String cookie, String path) {}

    private static Back throughTheIssuer(String query) {
        Answer begun = controller.ask("", "GET", "/api/v1/login" + query, "");
        assertThat(begun.status()).as(begun.response().body()).isEqualTo(303);
        Answer agreed = controller.send(
                HttpRequest.newBuilder(URI.create(location(begun))).build());
        assertThat(location(agreed)).startsWith(HERE + "/api/v1/login/callback?");
        return new Back(cookie(begun, LOGIN), location(agreed).substring(HERE.length()));
    }

    private static Answer logIn(String subject, Map<String, Object> claims) {
        issuer.next(subject, claims);
        Back back = throughTheIssuer("?then=/ui/sites%3Fa=1%26b=%272");
        return get(back.path(), back.cookie());
    }

    private static String session(String role) {
        Answer in = logIn("ana-1", Map.of("preferred_username", "ana", "roles", List.of(role)));
        assertThat(in.status()).as(in.response().body()).isEqualTo(200);
        return cookie(in, SESSION);
    }

    @Test
    void aBrowserComesBackToThePageThatItWantedWithASession() {
        Answer in = logIn("ana-1", Map.of("preferred_username", "ana", "roles", List.of("pombal-operator")));
        // A redirect would lead on without the new cookie: the browser comes from the issuer's site.
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/html");
        assertThat(in.response().body())
                .contains("<meta http-equiv=\"refresh\" content=\"0;url=/ui/sites?a=1&amp;b=&#39;2\">");
        assertThat(setCookie(in, SESSION))
                .containsIgnoringCase("HttpOnly")
                .contains("Secure")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .contains("Max-Age=28800");
        assertThat(setCookie(in, LOGIN)).contains("Max-Age=0");
        Answer me = get("/api/v1/me", cookie(in, SESSION));
        assertThat(me.json().get("name").asText()).isEqualTo("ana (ana-1)");
        assertThat(me.json().get("roles")).hasSize(2);
    }

    @Test
    void theBrowserIsSentToTheIssuerWithAChallenge() {
        Answer begun = controller.ask("", "GET", "/api/v1/login", "");
        assertThat(location(begun))
                .startsWith(issuer.address() + "/authorize?")
                .contains("code_challenge_method=S256")
                .contains("response_type=code")
                .contains("client_id=" + TestIssuer.CLIENT)
                .contains("nonce=")
                .contains("state=");
        assertThat(setCookie(begun, LOGIN))
                .containsIgnoringCase("HttpOnly")
                .contains("Secure")
                .contains("SameSite=Lax")
                .contains("Path=/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example", "https://evil.example", "/%5Cevil.example", "ui", "/ui%0d%0aX:y", "/a%20b"})
    void nobodyIsSentOnToSomewhereElse(String then) {
        assertThat(controller.ask("", "GET", "/api/v1/login?then=" + then, "").status())
                .isEqualTo(400);
    }

    @Test
    void aLoginThatThisBrowserDidNotBeginIsRefused() {
        issuer.next("mallory", Map.of("roles", List.of("pombal-admin")));
        Back back = throughTheIssuer("");
        assertThat(controller.ask("", "GET", back.path(), "").status()).isEqualTo(400);
        Answer another = controller.ask("", "GET", "/api/v1/login", "");
        assertThat(get(back.path(), cookie(another, LOGIN)).status()).isEqualTo(400);
        assertThat(get(back.path(), back.cookie()).status()).isEqualTo(200);
    }

    /** @param part of the cookie: 1 is the nonce, 2 the verifier */
    private static Answer logInWithForged(int part) {
        issuer.next("ana-1", Map.of("roles", List.of("pombal-admin")));
        Back back = throughTheIssuer("");
        List<String> parts = new ArrayList<>(List.of(back.cookie().split("\\.", -1)));
        parts.set(part, parts.get(part).replaceFirst("^.{3}", "xyz"));
        return get(back.path(), String.join(".", parts));
    }

    @Test
    void anIdTokenOfAnotherLoginIsRefused() {
        Answer refused = logInWithForged(1);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.response().headers().allValues("Set-Cookie")).noneMatch(set -> set.startsWith(SESSION));
    }

    @Test
    void aCodeOfAnotherLoginIsRefused() {
        assertThat(logInWithForged(2).status()).isEqualTo(401);
    }

    @Test
    void aCodeIsGoodOnce() {
        issuer.next("ana-1", Map.of("roles", List.of("pombal-admin")));
        Back back = throughTheIssuer("");
        assertThat(get(back.path(), back.cookie()).status()).isEqualTo(200);
        assertThat(get(back.path(), back.cookie()).status()).isEqualTo(401);
    }

    @Test
    void whatTheIssuerRefusesIsRefused() {
        Answer begun = controller.ask("", "GET", "/api/v1/login", "");
        String cookie = cookie(begun, LOGIN);
        String state = cookie.substring(cookie.indexOf('=') + 1).split("\\.", -1)[0];
        Answer refused = get("/api/v1/login/callback?error=access_denied&state=" + state, cookie);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.detail()).contains("the issuer does not vouch for you");
    }

    @Test
    void whoHasNoRoleGetsNoSession() {
        Answer refused = logIn("bo-2", Map.of("preferred_username", "bo", "roles", List.of("staff")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("bo (bo-2) has no role here");
        assertThat(refused.response().headers().allValues("Set-Cookie")).noneMatch(set -> set.startsWith(SESSION));
    }

    private static int addTag(String name, String session, Optional<String> origin) {
        List<String> headers = new ArrayList<>(List.of("Cookie", session));
        origin.ifPresent(page -> headers.addAll(List.of("Origin", page)));
        return controller
                .ask("", "POST", "/api/v1/tags", "{\"name\":\"" + name + "\"}", headers.toArray(String[]::new))
                .status();
    }

    @Test
    void aSessionChangesThingsFromPagesOfOursOnly() {
        String session = session("pombal-operator");
        assertThat(controller
                        .ask("", "POST", "/api/v1/tags", "{}", "Cookie", session, "Origin", "https://evil.example")
                        .detail())
                .contains("only from pages of CONTROLLER_PUBLIC_URL");
        assertThat(addTag("forged1", session, Optional.empty())).isEqualTo(403);
        assertThat(addTag("forged2", session, Optional.of("https://evil.example")))
                .isEqualTo(403);
        assertThat(addTag("forged3", session, Optional.of("null"))).isEqualTo(403);
        assertThat(addTag("forged4", session, Optional.of(HERE + ".evil.example")))
                .isEqualTo(403);
        assertThat(addTag("meant", session, Optional.of(HERE))).isEqualTo(201);
        assertThat(controller.get("/api/v1/tags").json().get("items").findValuesAsText("name"))
                .contains("meant")
                .noneMatch(name -> name.startsWith("forged"));
    }

    @Test
    void aRoleBindsASessionToo() {
        String session = session("pombal-viewer");
        assertThat(get("/api/v1/sites", session).status()).isEqualTo(200);
        assertThat(get("/api/v1/tokens", session).status()).isEqualTo(403);
        assertThat(addTag("viewed", session, Optional.of(HERE))).isEqualTo(403);
    }

    @Test
    void whoLogsOutIsOutWhereverTheCookieWasKept() {
        String session = session("pombal-admin");
        assertThat(controller
                        .ask("", "POST", "/api/v1/logout", "", "Cookie", session)
                        .status())
                .isEqualTo(403);
        Answer out = controller.ask("", "POST", "/api/v1/logout", "", "Cookie", session, "Origin", HERE);
        assertThat(out.status()).as(out.response().body()).isEqualTo(200);
        assertThat(out.json().get("issuer").asText()).startsWith(issuer.address() + "/endsession?");
        assertThat(setCookie(out, SESSION)).contains("Max-Age=0");
        assertThat(get("/api/v1/sites", session).status()).isEqualTo(401);
    }

    @Test
    void aForgedSessionIsNone() {
        String session = session("pombal-admin");
        String forged = session.substring(0, session.length() - 4) + (session.endsWith("AAAA") ? "BBBB" : "AAAA");
        assertThat(get("/api/v1/sites", forged).status()).isEqualTo(401);
        assertThat(get("/api/v1/sites", SESSION + "=admin").status()).isEqualTo(401);
        assertThat(get("/api/v1/health", forged).status()).isEqualTo(200);
    }

    /** The issuer takes connections and says nothing until it goes. */
    @Test
    void callbacksUnderWayCountAsWrongUntilWhatCameOfThemIsKnown() throws Exception {
        LoginAttempt attempt = LoginAttempt.begun("/");
        String path = "/api/v1/login/callback?code=c&state=" + attempt.state().getValue();
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ExecutorService browsers = Executors.newFixedThreadPool(10);
        try (silent;
                TestController guarded = TestController.start(
                        "CONTROLLER_OIDC_ISSUER=http://127.0.0.1:" + silent.getLocalPort(),
                        "CONTROLLER_OIDC_CLIENT_ID=" + TestIssuer.CLIENT,
                        "CONTROLLER_PUBLIC_URL=" + HERE,
                        "CONTROLLER_FAILED_LOGINS=3")) {
            Supplier<Integer> callback = () -> guarded.ask("", "GET", path, "", "Cookie", LOGIN + "=" + attempt.text())
                    .status();
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 10)
                    .mapToObj(number -> supplyAsync(callback, browsers))
                    .toList();
            await().atMost(4, SECONDS)
                    .until(() ->
                            answers.stream().filter(CompletableFuture::isDone).count() == 7);
            silent.close();
            assertThat(answers)
                    .extracting(CompletableFuture::join)
                    .containsOnly(429, 503)
                    .filteredOn(status -> status == 503)
                    .hasSize(3);
            assertThat(callback.get()).isEqualTo(503);
        } finally {
            browsers.shutdownNow();
        }
    }

    @Test
    void withoutOpenIdConnectNobodyLogsInWithABrowser() {
        try (TestController plain = TestController.fresh()) {
            Answer refused = plain.ask("", "GET", "/api/v1/login", "");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.detail()).contains("CONTROLLER_OIDC_CLIENT_ID");
        }
    }
}
