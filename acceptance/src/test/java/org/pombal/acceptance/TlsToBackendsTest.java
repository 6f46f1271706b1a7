package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** TLS between proxies and backends, with certificates that are checked against the backends' names. */
class TlsToBackendsTest {

    private static final String RIGHT_NAMES = "DNS:backend1.test,DNS:backend2.test";

    @Test
    void startTlsWithDovecot23() {
        with(DovecotVersion.V2_3, "tls23", "starttls", RIGHT_NAMES, TlsToBackendsTest::everythingWorks);
    }

    @Test
    void tlsFromTheFirstByteWithDovecot24() {
        with(DovecotVersion.V2_4, "tls24", "ssl", RIGHT_NAMES, TlsToBackendsTest::everythingWorks);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        with(DovecotVersion.V2_4, "tlsno", "starttls", "DNS:elsewhere.test", lab -> {
            assertThat(lab.python(1, "imap", Listener.IMAP, "alice@example.org", Lab.PASSWORD)
                            .output())
                    .contains("[UNAVAILABLE]");
            assertThat(lab.python(1, "lmtp", Listener.LMTP, "alice@example.org", "-")
                            .output())
                    .contains("451");
        });
    }

    private static void everythingWorks(Lab lab) {
        String alice = "alice@example.org";
        lab.deliver(1, alice);
        assertThat(lab.python(1, "imap", Listener.IMAP, alice, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(lab.python(2, "pop3", Listener.POP3, alice, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(lab.python(1, "submission", Listener.SUBMISSION, alice, Lab.PASSWORD)
                        .output())
                .isEqualTo("OK submitted");
        assertThat(lab.site().proxy(1).doveadm("mailbox", "status", "-u", alice, "messages", "INBOX"))
                .contains("messages=");
    }

    private static void with(
            DovecotVersion version, String name, String mode, String alternativeNames, Consumer<Lab> use) {
        DovecotInstallation dovecot = Lab.installation(version);
        Path folder = Folders.make(dovecot.root().resolve("tmp"), "pombal-" + name + "-certificates-");
        try (Lab lab = Lab.start(
                version,
                name,
                "127.0.85",
                Optional.of(Certificates.make(folder, alternativeNames).plan(dovecot, mode.equals("ssl"))),
                Map.of("cluster_backend_ssl", mode))) {
            use.accept(lab);
        } finally {
            Folders.delete(folder);
        }
    }
}
