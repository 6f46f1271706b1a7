package org.pombal.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;

/** A backend's doveadm answers as those of Dovecot 2.3.19 and 2.4.1 were seen to. */
@Timeout(120)
class UserSessionsTest extends SiteFixture {

    private static final String SESSIONS = "/api/v1/users/ana@example.org/sessions";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer doveadm;

    @BeforeEach
    void startDoveadm() throws IOException {
        doveadm = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        doveadm.createContext("/doveadm/v1", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] answer = (body.contains("\"kick\"")
                            ? "[[\"doveadmResponse\",[{\"count\":\"2\"}],\"pombal\"]]"
                            : "[[\"doveadmResponse\",[{\"username\":\"ana@example.org\",\"connections\":\"2\",\"service\":\"imap\","
                                    + "\"pids\":\"(4826 4827)\",\"ips\":\"(10.0.0.7 fd00::7)\"}],\"pombal\"]]")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        doveadm.start();
    }

    @AfterEach
    void stopDoveadm() {
        doveadm.stop(0);
    }

    private void aUserIsServed(String... settings) {
        instead(settings);
        backend("localhost");
        user("ana@example.org", group("default-1", "localhost"));
    }

    private String port() {
        return "CLUSTER_BACKEND_DOVEADM_HTTP_PORT=" + doveadm.getAddress().getPort();
    }

    @Test
    void theyAreShownAndEndedAtTheBackendThatServesTheUser() {
        aUserIsServed(port(), "CLUSTER_BACKEND_DOVEADM_KEY=secret");

        JsonNode shown = controller.get(SESSIONS).json();
        assertThat(shown.get("backend").asText()).isEqualTo("localhost");
        assertThat(shown.at("/sessions/0/service").asText()).isEqualTo("imap");
        assertThat(shown.at("/sessions/0/connections").asInt()).isEqualTo(2);
        assertThat(shown.at("/sessions/0/from")).extracting(JsonNode::asText).containsExactly("10.0.0.7", "fd00::7");

        Answer ended = controller.delete(SESSIONS);
        assertThat(ended.json().at("/result/ended").asInt()).isEqualTo(2);
        assertThat(asked)
                .allMatch(request -> request.startsWith("X-Dovecot-API c2VjcmV0 "))
                .anyMatch(request -> request.contains("[[\"kick\",{\"mask\":[\"ana@example.org\"]}"));
        assertThat(items("/api/v1/audit").findValuesAsText("action")).contains("user.kick");
        assertThat(controller
                        .ask(controller.token("vera", "viewer"), "DELETE", SESSIONS, "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoCannotBeAskedIsNamed() {
        aUserIsServed(port());
        assertThat(controller.get(SESSIONS).detail()).contains("cluster_backend_doveadm_key");
        assertThat(asked).isEmpty();

        aUserIsServed(port(), "CLUSTER_BACKEND_DOVEADM_KEY=secret");
        doveadm.stop(0);
        Answer refused = controller.delete(SESSIONS);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("does not answer");
    }

    @Test
    void aNameThatDoveadmTakesForManyIsAskedForNobody() {
        aUserIsServed(port(), "CLUSTER_BACKEND_DOVEADM_KEY=secret");
        user("a*", group("default-1", "localhost"));
        assertThat(controller.delete("/api/v1/users/a*/sessions").detail()).contains("any characters");
        assertThat(controller.get("/api/v1/users/nobody/sessions").status()).isEqualTo(404);
        assertThat(asked).isEmpty();
    }
}
