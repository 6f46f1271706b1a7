package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** TLS between proxies and backends, with certificates that are checked against the backends' names; by test users as well. */
class TlsToBackendsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HostName PROXY = new HostName("proxy1.test");
    private static final String TEST_USER = "probe-";
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
            probes(lab, counts -> {
                assertThat(counts.successes()).isZero();
                // A first one may have come before Dovecot listened.
                assertThat(counts.failures()).containsKey(FailureKind.OTHER);
            });
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
        // Were the test user one as others, he would be at home on one backend only.
        probes(lab, counts -> assertThat(counts.successes()).isPositive());
        assertThat(lab.rows().users()).noneMatch(user -> user.startsWith(TEST_USER));
    }

    /** What comes of the logins of each backend's test user. */
    private static void probes(Lab lab, Consumer<Counts> of) {
        List<Backend> backends = lab.rows().backends();
        assertThat(backends).hasSize(2);
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (Backend backend : backends) {
                assertThat(lab.rows()
                                .statistics(PROXY, new ProxyDestination.OfBackend(backend.id()), Traffic.PROBES)
                                .map(DestinationStatistics::counts))
                        .get()
                        .satisfies(of::accept);
            }
        });
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
                Map.of(
                        "cluster_backend_ssl",
                        mode,
                        "cluster_report_interval",
                        "1s",
                        "cluster_backend_test_username",
                        TEST_USER + "%{backend_host}@" + LabAccounts.ODD_DOMAIN,
                        "cluster_backend_test_password",
                        LabAccounts.PASSWORD,
                        "cluster_backend_test_interval",
                        "1s",
                        "cluster_backend_test_ca_file",
                        folder.resolve("ca.pem").toString()))) {
            use.accept(lab);
        } finally {
            Folders.delete(folder);
        }
    }
}
