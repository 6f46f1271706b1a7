package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.config.Listener;

/** The name of a backend means another address than before. */
abstract class AddressesContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    abstract Lab lab();

    @Test
    void aBackendIsReachedByIpVersion6AndBackAgainByIpVersion4() throws IOException {
        String user = lab().rows().newUsersOf("backend1.test").remove();
        SessionWatch servedBy = lab().watch();
        lab().awaitServed(1, user);
        assertThat(servedBy.next("imap", user, PATIENCE).backend()).isEqualTo("backend1");

        Path hosts = lab().site().hostsFile();
        String before = Files.readString(hosts);
        try (Line imap = onIpVersion6(Listener.IMAP);
                Line lmtp = onIpVersion6(Listener.LMTP);
                Line doveadm = onIpVersion6(Listener.DOVEADM)) {
            Files.writeString(hosts, before.replace(lab().site().plan().backendAddress(1) + " ", "::1 "));
            await().atMost(PATIENCE).until(() -> lab().isServed(1, user) && imap.connections() > 0);
            lab().deliver(1, user);
            assertThat(lmtp.connections()).isPositive();
            assertThat(lab().site().proxy(1).doveadm("mailbox", "status", "-u", user, "messages", "INBOX"))
                    .contains("messages=1");
            assertThat(doveadm.connections()).isPositive();
            assertThat(servedBy.next("lmtp", user, PATIENCE).backend()).isEqualTo("backend1");
        } finally {
            Files.writeString(hosts, before);
        }
        lab().awaitServed(1, user);
    }

    private Line onIpVersion6(Listener listener) {
        return new Line(
                "::1",
                lab().port(listener),
                new InetSocketAddress(lab().site().plan().backendAddress(1), lab().port(listener)));
    }
}
