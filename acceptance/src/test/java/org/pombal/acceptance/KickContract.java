package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.server.PombalNode;

/** Sessions are ended by 'cluster kick', whichever node it is given to. */
abstract class KickContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    abstract Lab lab();

    @Test
    void aProxysNodeEndsASession() {
        String user = "carol@example.org";
        lab().awaitServed(1, user);
        endsASession(user, lab().site().node(1));
    }

    @Test
    void theNodeOfTheUsersBackendEndsASession() {
        String user = "dave@example.org";
        lab().awaitServed(1, user);
        String backend = lab().rows().backendOf(user).orElseThrow();
        endsASession(user, lab().site().backendNode(backend.equals("backend1") ? 1 : 2));
    }

    @Test
    void soDoesTheNodeOfAnotherBackend() {
        String user = "erin@example.org";
        lab().awaitServed(1, user);
        String backend = lab().rows().backendOf(user).orElseThrow();
        endsASession(user, lab().site().backendNode(backend.equals("backend1") ? 2 : 1));
    }

    private void endsASession(String user, PombalNode node) {
        try (ImapClient session = lab().session(user)) {
            CommandSender.Printed printed = kick(node.doveadmSocket(), user);

            assertThat(printed.exitCode()).as(printed.toString()).isZero();
            assertThat(printed.out()).isEqualTo("[{\"kicked\":1}]");
            assertThatThrownBy(session::logout).isInstanceOf(MailException.class);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(kick(node.doveadmSocket(), user).out()).isEqualTo("[{\"kicked\":0}]"));
    }

    private static CommandSender.Printed kick(Path socket, String user) {
        return CommandSender.run(Stream.concat(
                        Product.command().stream(),
                        Stream.of("-f", "json", "cluster", "kick", "--socket", socket.toString(), user))
                .toList());
    }
}
