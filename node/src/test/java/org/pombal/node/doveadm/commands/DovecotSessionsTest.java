package org.pombal.node.doveadm.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.doveadm.DoveadmAccess;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.model.backend.HostName;
import org.pombal.node.doveadm.commands.DovecotSessions.Answer;
import org.pombal.node.doveadm.commands.DovecotSessions.Counted;
import org.pombal.node.doveadm.commands.DovecotSessions.Unknown;

/** Answers are those that Dovecots were seen to give. */
class DovecotSessionsTest {

    private final Map<String, String> rows = new ConcurrentHashMap<>();
    private HttpServer dovecot;

    @BeforeEach
    void start() throws IOException {
        dovecot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dovecot.createContext("/doveadm/v1", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String command = request.contains("\"who\"") ? "who" : "proxyList";
            byte[] answer = ("[[\"doveadmResponse\"," + rows.get(command) + ",\"pombal\"]]").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        dovecot.start();
    }

    @AfterEach
    void stop() {
        dovecot.stop(0);
    }

    private Answer ask() {
        URI uri = URI.create("http://127.0.0.1:" + dovecot.getAddress().getPort() + "/doveadm/v1");
        DoveadmClient client =
                new DoveadmClient(HttpClient.newHttpClient(), new DoveadmAccess(uri, "key"), Duration.ofSeconds(10));
        return ask(CompletableFuture.completedFuture(Optional.of(client)));
    }

    private static Answer ask(CompletionStage<Optional<DoveadmClient>> client) {
        return new DovecotSessions(new BackendDoveadms() {
                    @Override
                    public Optional<DoveadmClient> local() {
                        throw new AssertionError("the backend is asked, not this machine");
                    }

                    @Override
                    public CompletionStage<Optional<DoveadmClient>> of(String host) {
                        assertThat(host).isEqualTo("b1.example.org");
                        return client;
                    }
                })
                .at(new HostName("b1.example.org"))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void sessionsOf23AreCountedAndThoseThatPassThroughApart() {
        rows.put("who", """
                [{"username":"ann","connections":"2","service":"imap","pids":"(7 8)","ips":"(127.0.0.1)"}]""");
        rows.put("proxyList", """
                [{"username":"bob","service":"imap","src-ip":"127.0.0.1","dest-ip":"127.0.0.12","dest-port":"143"},\
                {"username":"username","service":"proto","src-ip":"src ip","dest-ip":"dest ip","dest-port":"port"}]""");

        assertThat(ask()).isEqualTo(new Counted(2, 1, Set.of("bob")));
    }

    @Test
    void bothListsOf24HaveAllSessionsAndEachCountsOnce() {
        String passed = """
                {"username":"bob","connections":"3","service":"imap-login","pids":"(4815)","ips":"(127.0.0.1)"}""";
        String all = "[{\"username\":\"ann\",\"connections\":\"1\",\"service\":\"imap\"}," + passed + "]";
        rows.put("who", all);
        rows.put("proxyList", all);

        assertThat(ask()).isEqualTo(new Counted(1, 3, Set.of("bob")));
    }

    @Test
    void aBackendIsEmptyWhenBothListsAre() {
        rows.put("who", "[]");
        rows.put("proxyList", "[]");

        assertThat(ask()).isEqualTo(new Counted(0, 0, Set.of())).matches(answer -> ((Counted) answer).isEmpty());
        assertThat(new Counted(0, 1, Set.of("bob")).isEmpty()).isFalse();
    }

    @Test
    void aDovecotThatDoesNotAnswerLeavesItUnknownWithTheReason() {
        dovecot.stop(0);

        assertThat(ask()).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.why())
                .contains("does not answer"));
    }

    @Test
    void withoutAKeyNobodyIsAsked() {
        assertThat(ask(CompletableFuture.completedFuture(Optional.empty())))
                .isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.why())
                        .contains("cluster_backend_doveadm_key is not set"));
    }
}
