package org.pombal.demo.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineConnectionTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration BRIEF = Duration.ofMillis(200);

    private ServerSocket listener;
    private LineConnection client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS));
        client = LineConnection.open("test", ADDRESS, listener.getLocalPort(), BRIEF);
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void readsLinesAndLiterals() throws IOException {
        say("first\r\nsecond {5}\r\na\r\nbc\n");

        assertThat(client.line()).isEqualTo("first");
        assertThat(client.line()).isEqualTo("second {5}");
        assertThat(client.literal(5)).isEqualTo("a\r\nbc");
        assertThat(client.line()).isEmpty();
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        assertThatThrownBy(client::line)
                .isInstanceOf(MailException.class)
                .hasMessageContaining("test 127.0.0.1:" + listener.getLocalPort() + " cannot be read from");
    }

    @Test
    void showsWhatCameBeforeTheConnectionWasClosed() throws IOException {
        say("half a li");
        server.close();

        assertThatThrownBy(client::line).hasMessageEndingWith("closed the connection after half a li");
    }

    @Test
    void seesWhetherThereIsSomethingToRead() throws IOException {
        assertThat(client.awaitInput(Duration.ofMillis(10))).isFalse();

        say("a line\r\n");

        assertThat(client.awaitInput(BRIEF)).isTrue();
        assertThat(client.line()).isEqualTo("a line");
    }

    @Test
    void seesThatTheServerCloses() throws IOException {
        server.close();

        assertThat(client.awaitInput(BRIEF)).isTrue();
        assertThatThrownBy(client::line).hasMessageEndingWith("closed the connection");
    }

    @Test
    void takesNoEndlessLine() throws IOException {
        say("x".repeat(64 * 1024 + 1));

        assertThatThrownBy(client::line).hasMessageContaining("65536 bytes");
    }

    @Test
    void sendsOneLineAtATime() {
        assertThatThrownBy(() -> client.send("a\r\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhichServerCannotBeReached() throws IOException {
        int port = listener.getLocalPort();
        listener.close();

        assertThatThrownBy(() -> LineConnection.open("imap", ADDRESS, port, BRIEF))
                .isInstanceOf(MailException.class)
                .hasMessageStartingWith("imap 127.0.0.1:" + port + " cannot be reached");
    }

    private void say(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(UTF_8));
        server.getOutputStream().flush();
    }
}
