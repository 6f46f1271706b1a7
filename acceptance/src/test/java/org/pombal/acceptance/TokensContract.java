package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** Logins by a token, of which Dovecot's auth asks somebody else whose it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TokensContract {

    private static final String ALICE = "alice@example.org";
    private static final String TOKEN = "a-token-of-alice";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private HttpServer owners;

    abstract Lab lab();

    @BeforeAll
    void startTheServerThatKnowsWhoseTokenItIs() throws IOException {
        owners = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        owners.createContext("/owner/", TokensContract::answer);
        owners.start();
        String url = "http://127.0.0.1:" + owners.getAddress().getPort() + "/owner/";
        lab().reconfigure(
                        2,
                        lab().site().plan().dovecot().version() == DovecotVersion.V2_3 ? lines23(url) : lines24(url));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        // 2.3 goes on after it with what it knows of the client.
        boolean known = exchange.getRequestURI().getPath().startsWith("/owner/" + TOKEN);
        byte[] body =
                ("{\"active\": " + known + ", \"username\": \"" + (known ? ALICE : "nobody") + "\"}").getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterAll
    void stop() {
        lab().reconfigure(2, "");
        owners.stop(0);
    }

    @Test
    void aLoginByTokenIsServedByTheBackendOfTheTokensOwner() {
        lab().awaitServed(2, ALICE);
        SessionWatch servedBy = lab().watch();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lab().python(2, "imap-xoauth2", Listener.IMAP, ALICE, TOKEN)
                                .output())
                        .startsWith("OK "));
        assertThat(servedBy.next("imap", ALICE, PATIENCE).backend())
                .isEqualTo(lab().rows().backendOf(ALICE).orElseThrow());

        Programs.Ended wrong = lab().python(2, "imap-xoauth2", Listener.IMAP, ALICE, "of-nobody");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.output()).contains("AUTHENTICATIONFAILED");
    }

    private String lines23(String url) throws IOException {
        Path file = lab().site().proxy(2).log().resolveSibling("oauth2.conf");
        Files.writeString(file, """
                introspection_mode = get
                introspection_url = %s
                username_attribute = username
                active_attribute = active
                active_value = true
                pass_attrs = proxy=y master=admin pass=masterpw
                """.formatted(url));
        return """
                auth_mechanisms = plain login cram-md5 xoauth2
                passdb {
                  driver = oauth2
                  mechanisms = xoauth2
                  args = %s
                }
                """.formatted(file);
    }

    private static String lines24(String url) {
        return """
                auth_mechanisms = plain login cram-md5 xoauth2
                oauth2 {
                  introspection_mode = get
                  introspection_url = %s
                  username_attribute = username
                  active_attribute = active
                  active_value = true
                  fields {
                    proxy = yes
                    master = admin
                    pass = masterpw
                  }
                }
                """.formatted(url);
    }
}
