package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionWatchTest {

    private static final Duration BRIEF = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private Path one;
    private Path two;

    @BeforeEach
    void startLogs() throws IOException {
        one = Files.writeString(folder.resolve("one.log"), login23("imap", "before", "s0"));
        two = Files.createFile(folder.resolve("two.log"));
    }

    @Test
    void knowsTheLoginLinesOfBothVersions() throws IOException {
        SessionWatch served = new SessionWatch(Map.of("b1", one, "b2", two));
        append(one, login23("managesieve", "alice", "s1"));
        append(
                two,
                "Nov 22 11:32:41 pop3-login: Info: Logged in: user=<bob>, method=PLAIN, rip=127.0.0.1, lip=127.0.0.1,"
                        + " mpid=1839, secured, session=<s2>\n");

        assertThat(served.sessions())
                .containsExactly(
                        new WatchedSession("b1", "sieve", "alice", "s1"),
                        new WatchedSession("b2", "pop3", "bob", "s2"));
    }

    @Test
    void knowsDeliveriesAndCommands() throws IOException {
        SessionWatch served = new SessionWatch(Map.of("b1", one));
        append(one, "Nov 22 11:32:40 lmtp(alice)<1808><s3>: Info: msgid=unspecified: saved mail to INBOX\n");
        append(one, "Nov 22 11:32:40 lmtp(bob)<1808><s4>: Info: sieve: msgid=<x>: stored mail into mailbox 'INBOX'\n");
        append(one, "Nov 22 11:34:30 doveadm(alice)<4181><s5>: Debug: User session is finished\n");
        append(one, "Nov 22 11:34:31 imap(alice)<4226><s6>: Debug: User session is finished\n");

        assertThat(served.sessions())
                .containsExactly(
                        new WatchedSession("b1", "lmtp", "alice", "s3"),
                        new WatchedSession("b1", "lmtp", "bob", "s4"),
                        new WatchedSession("b1", "doveadm", "alice", "s5"));
    }

    @Test
    void returnsASessionOnceAndNotBeforeItsLineIsWhole() throws IOException {
        SessionWatch served = new SessionWatch(Map.of("b1", one));
        String line = login23("imap", "alice", "s7");
        append(one, line.substring(0, line.length() - 1));
        assertThatThrownBy(() -> served.next("imap", "alice", BRIEF)).hasMessageContaining("imap session of alice");

        append(one, "\n");

        assertThat(served.next("imap", "alice", BRIEF).backend()).isEqualTo("b1");
        assertThatThrownBy(() -> served.next("imap", "alice", BRIEF)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsNoFailedLogin() throws IOException {
        SessionWatch served = new SessionWatch(Map.of("b1", one));
        append(
                one,
                "Nov 22 11:32:51 imap-login: Info: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs):"
                        + " user=<alice>, method=PLAIN, rip=127.0.0.1, lip=127.0.0.1, secured, session=<s8>\n");

        assertThat(served.sessions()).isEmpty();
    }

    private static String login23(String service, String user, String session) {
        return "Nov 22 11:32:49 " + service + "-login: Info: Login: user=<" + user + ">, method=PLAIN, rip=127.0.0.1,"
                + " lip=127.0.0.1, mpid=1944, secured, session=<" + session + ">\n";
    }

    private static void append(Path log, String text) throws IOException {
        Files.writeString(log, text, UTF_8, StandardOpenOption.APPEND);
    }
}
