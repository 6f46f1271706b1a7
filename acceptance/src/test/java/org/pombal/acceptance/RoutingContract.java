package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.mail.SieveClient;
import org.pombal.demo.site.ServedBy;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.Listener;

/** Where the users of a proxy with a node are served. */
abstract class RoutingContract {

    abstract Lab lab();

    @Test
    void everyProtocolOfAUserIsServedByTheSameBackend() {
        String alice = "alice@example.org";
        lab().deliver(1, alice);
        assertThat(lab().python(1, "imap", Listener.IMAP, alice, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(lab().python(2, "pop3", Listener.POP3, alice, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(lab().python(2, "submission", Listener.SUBMISSION, alice, Lab.PASSWORD)
                        .output())
                .isEqualTo("OK submitted");
        assertThat(Lab.run(
                                "swaks",
                                "--protocol",
                                "LMTP",
                                "--server",
                                lab().proxy(2),
                                "--port",
                                String.valueOf(lab().port(Listener.LMTP)),
                                "--from",
                                "a@example.net",
                                "--to",
                                alice)
                        .exitCode())
                .isZero();
        assertThat(lab().site().proxy(1).doveadm("mailbox", "create", "-u", alice, "ByDoveadm"))
                .isEmpty();

        try (SieveClient sieve =
                SieveClient.connect(lab().proxy(1), lab().port(Listener.SIEVE), Duration.ofSeconds(30))) {
            sieve.login(alice, Lab.PASSWORD);
            assertThat(sieve.listScripts()).isEmpty();
            sieve.logout();
        }

        List<String> server = ServedBy.of(lab().site(), alice, MailProtocol.LMTP);
        assertThat(server).hasSize(1);
        for (MailProtocol protocol :
                List.of(MailProtocol.IMAP, MailProtocol.POP3, MailProtocol.SUBMISSION, MailProtocol.SIEVE)) {
            // Dovecot's log process may be a moment behind.
            await().alias(protocol.wireName())
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ServedBy.of(lab().site(), alice, protocol), server::equals);
        }
        assertThat(ServedBy.withMailbox(lab().site(), alice, "ByDoveadm")).isEqualTo(server);
    }

    @Test
    void mbsyncAndCurlReadWhatWasDelivered(@TempDir Path folder) throws IOException {
        String erin = "erin@example.org";
        lab().deliver(1, erin);
        Path config = folder.resolve("mbsyncrc");
        Files.writeString(
                config, """
                IMAPStore far
                Host %s
                Port %d
                User %s
                Pass %s
                SSLType None
                AuthMechs LOGIN
                DisableExtension COMPRESS=DEFLATE

                MaildirStore near
                Path %s/
                Inbox %s/INBOX

                Channel all
                Far :far:
                Near :near:
                Patterns INBOX
                Create Near
                Sync Pull
                SyncState *
                """.formatted(lab().proxy(1), lab().port(Listener.IMAP), erin, Lab.PASSWORD, folder, folder));
        Programs.Ended mbsync = Lab.run("mbsync", "-c", config.toString(), "-a");
        assertThat(mbsync.exitCode()).as(mbsync.output()).isZero();
        try (var mails = Files.list(folder.resolve("INBOX/new"))) {
            assertThat(mails).hasSize(1);
        }
        Programs.Ended curl = Lab.run(
                "curl",
                "--silent",
                "--show-error",
                "--login-options",
                "AUTH=PLAIN",
                "--user",
                erin + ":" + Lab.PASSWORD,
                "imap://" + lab().proxy(2) + ":" + lab().port(Listener.IMAP) + "/INBOX;MAILINDEX=1");
        assertThat(curl.output()).contains("Hello " + erin);
    }

    @Test
    void aWrongPasswordIsRefusedAndCreatesNothing() {
        assertThat(lab().python(1, "imap", Listener.IMAP, "wrong@example.org", "wrong")
                        .exitCode())
                .isEqualTo(1);
        assertThat(lab().python(1, "lmtp", Listener.LMTP, "nobody@example.org", "-")
                        .exitCode())
                .isEqualTo(1);

        assertThat(lab().rows().user("wrong@example.org")).isEmpty();
        assertThat(lab().rows().user("nobody@example.org")).isEmpty();
    }

    @Test
    void aMechanismOfSeveralStepsPassesTheRelay() {
        assertThat(lab().python(1, "imap-cram-md5", Listener.IMAP, "challenge@example.org", Lab.PASSWORD)
                        .output())
                .startsWith("OK ");
        assertThat(lab().python(1, "imap-cram-md5", Listener.IMAP, "challenge@example.org", "wrong")
                        .exitCode())
                .isEqualTo(1);
        assertThat(ServedBy.of(lab().site(), "challenge@example.org", MailProtocol.IMAP))
                .hasSize(1);
    }

    @Test
    void firstLoginsOfOneUserOnTwoProxiesEndAtOneBackend() {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Programs.Ended>> logins = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int proxy = 1 + i % 2;
                logins.add(CompletableFuture.supplyAsync(
                        () -> lab().python(proxy, "imap", Listener.IMAP, "carol@example.org", Lab.PASSWORD), threads));
            }
            assertThat(logins)
                    .allSatisfy(login -> assertThat(login.join().output()).startsWith("OK "));
        } finally {
            threads.shutdownNow();
        }
        assertThat(ServedBy.of(lab().site(), "carol@example.org", MailProtocol.IMAP))
                .hasSize(1);
    }

    @Test
    void aUserThatThePassdbPinsToAHostGoesThereAndGetsNoRow() {
        assertThat(lab().python(1, "imap", Listener.IMAP, "pinned@example.org", Lab.PASSWORD)
                        .output())
                .startsWith("OK ");
        assertThat(ServedBy.of(lab().site(), "pinned@example.org", MailProtocol.IMAP))
                .containsExactly("backend2");
        assertThat(lab().rows().user("pinned@example.org")).isEmpty();
    }

    @Test
    void metricsAndHealthAreThere() {
        assertThat(lab().site().node(1).get("/healthz")).isEqualTo("200 ok\n");
        assertThat(lab().site().node(2).get("/metrics"))
                .startsWith("200 ")
                .contains("pombal_relay_requests_total", "pombal_known_users", "# EOF");
    }
}
