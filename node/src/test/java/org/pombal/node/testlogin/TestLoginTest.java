package org.pombal.node.testlogin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.model.statistics.FailureKind;
import org.pombal.node.proxy.BackendTls;

/** Logins at a server that says what the test wants; those at Dovecot are in the acceptance tests. */
class TestLoginTest {

    private final TestLogin login = new TestLogin(
            BackendTls.NO, TestTls.checked(Optional.empty()), TestTls.unchecked(), Duration.ofMillis(400));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Says the first at once and each other to a line that comes; then closes, or hangs if the last is empty. */
    private TestOutcome against(String... says) throws InterruptedException {
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
                for (int i = 0; i < says.length; i++) {
                    if (i > 0) {
                        heard.add(in.readLine());
                    }
                    client.getOutputStream().write((says[i] + "\r\n").getBytes(US_ASCII));
                }
                if (says[says.length - 1].isEmpty()) {
                    in.readLine();
                }
            } catch (IOException e) {
                heard.add("broke off");
            }
        });
        thread.start();
        TestOutcome outcome = login.at(
                new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), "b1.test", "probe-b1", "secret");
        thread.join();
        return outcome;
    }

    @Test
    void whoGetsInAndSeesHisInboxSucceeds() throws InterruptedException {
        TestOutcome outcome = against(
                "* OK [CAPABILITY IMAP4rev1 SASL-IR] ready.",
                "* CAPABILITY IMAP4rev1\r\nt1 OK Logged in",
                "* STATUS INBOX (MESSAGES 0)\r\nt2 OK Status completed.");

        assertThat(outcome)
                .asInstanceOf(type(TestOutcome.Succeeded.class))
                .satisfies(success -> assertThat(success.took()).isPositive().isLessThan(Duration.ofMillis(400)));
        assertThat(outcome.counts().successes()).isEqualTo(1);
        assertThat(heard.get(0))
                .isEqualTo("t1 AUTHENTICATE PLAIN "
                        + Base64.getEncoder().encodeToString("\0probe-b1\0secret".getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({
        "NO [AUTHENTICATIONFAILED] Authentication failed., authentication",
        "NO [PRIVACYREQUIRED] Plaintext disallowed, authentication",
        "NO [UNAVAILABLE] Temporary authentication failure., inconclusive",
        "NO [REFERRAL imap://bob;AUTH=PLAIN@127.0.0.12:1143/] Try this, inconclusive",
        "BAD Error in IMAP command, other"
    })
    void whatARefusalSays(String answer, String label) throws InterruptedException {
        TestOutcome outcome = against("* OK ready", "t1 " + answer);

        assertThat(outcome.label()).isEqualTo(label);
        assertThat(outcome.counts().successes()).isZero();
        assertThat(outcome.counts().attempts()).isEqualTo(1);
        assertThat(outcome.reason()).contains(answer).doesNotContain("secret");
    }

    @Test
    void aServerThatAcceptsAndClosesIsAtFault() throws InterruptedException {
        assertThat(against("* BYE too busy"))
                .isEqualTo(new TestOutcome.Failed(FailureKind.OTHER, "it greets with '* BYE too busy'"));
        assertThat(against("* OK ready").label()).isEqualTo("other");
        assertThat(against("* OK ready", "* BYE Internal error").label()).isEqualTo("other");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsAtFault() throws InterruptedException {
        assertThat(against("* OK ready", "").label()).isEqualTo("other");
    }

    @Test
    void aMailboxThatCannotBeOpenedIsAFault() throws InterruptedException {
        TestOutcome outcome = against("* OK ready", "t1 OK in", "t2 NO [SERVERBUG] Internal error occurred.");

        assertThat(outcome)
                .isEqualTo(new TestOutcome.Failed(
                        FailureKind.OTHER,
                        "INBOX of probe-b1 cannot be opened: NO [SERVERBUG] Internal error occurred."));
    }

    @Test
    void nobodyListens() throws IOException {
        InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        server.close();

        TestOutcome outcome = login.at(address, "b1.test", "probe-b1", "secret");

        assertThat(outcome.label()).isEqualTo("connect");
    }
}
