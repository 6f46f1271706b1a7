package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.mail.SieveClient;
import org.pombal.demo.site.ServedBy;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.model.user.User;
import org.pombal.model.user.UserKey;

/** What a node beside a Dovecot proxy does, the same on every version of Dovecot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyNodeContract {

    private final DovecotVersion version;
    private final String network;
    private Lab lab;

    ProxyNodeContract(DovecotVersion version, String network) {
        this.version = version;
        this.network = network;
    }

    @BeforeAll
    void start() {
        lab = Lab.start(version, "proxy" + version.toString().replace(".", ""), network, Optional.empty(), Map.of());
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    @Test
    void everyProtocolOfAUserIsServedByTheSameBackend() {
        String alice = "alice@example.org";
        lab.deliver(1, alice);
        assertThat(lab.python(1, "imap", Listener.IMAP, alice, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(lab.python(2, "pop3", Listener.POP3, alice, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(lab.python(2, "submission", Listener.SUBMISSION, alice, Lab.PASSWORD)
                        .output())
                .isEqualTo("OK submitted");
        assertThat(Lab.run(
                                "swaks",
                                "--protocol",
                                "LMTP",
                                "--server",
                                lab.proxy(2),
                                "--port",
                                String.valueOf(lab.port(Listener.LMTP)),
                                "--from",
                                "a@example.net",
                                "--to",
                                alice)
                        .exitCode())
                .isZero();
        assertThat(lab.site().proxy(1).doveadm("mailbox", "create", "-u", alice, "ByDoveadm"))
                .isEmpty();

        try (SieveClient sieve = SieveClient.connect(lab.proxy(1), lab.port(Listener.SIEVE), Duration.ofSeconds(30))) {
            sieve.login(alice, Lab.PASSWORD);
            assertThat(sieve.listScripts()).isEmpty();
            sieve.logout();
        }

        List<String> server = ServedBy.of(lab.site(), alice, MailProtocol.LMTP);
        assertThat(server).hasSize(1);
        for (MailProtocol protocol :
                List.of(MailProtocol.IMAP, MailProtocol.POP3, MailProtocol.SUBMISSION, MailProtocol.SIEVE)) {
            // Dovecot's log process may be a moment behind.
            await().alias(protocol.wireName())
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ServedBy.of(lab.site(), alice, protocol), server::equals);
        }
        assertThat(ServedBy.withMailbox(lab.site(), alice, "ByDoveadm")).isEqualTo(server);
    }

    @Test
    void mbsyncAndCurlReadWhatWasDelivered(@TempDir Path folder) throws IOException {
        String erin = "erin@example.org";
        lab.deliver(1, erin);
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
                """.formatted(lab.proxy(1), lab.port(Listener.IMAP), erin, Lab.PASSWORD, folder, folder));
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
                "imap://" + lab.proxy(2) + ":" + lab.port(Listener.IMAP) + "/INBOX;MAILINDEX=1");
        assertThat(curl.output()).contains("Hello " + erin);
    }

    @Test
    void aWrongPasswordIsRefusedAndCreatesNothing() {
        assertThat(lab.python(1, "imap", Listener.IMAP, "wrong@example.org", "wrong")
                        .exitCode())
                .isEqualTo(1);
        assertThat(lab.python(1, "lmtp", Listener.LMTP, "nobody@example.org", "-")
                        .exitCode())
                .isEqualTo(1);

        assertThat(row("wrong@example.org")).isEmpty();
        assertThat(row("nobody@example.org")).isEmpty();
    }

    @Test
    void upperCaseAliasAndMappedNamesReachTheBackendOfTheMailbox() {
        lab.deliver(1, "alice@example.org");
        lab.deliver(1, "bob@example.org");

        assertThat(lab.python(1, "imap", Listener.IMAP, "ALICE@Example.ORG", Lab.PASSWORD)
                        .output())
                .startsWith("OK ")
                .doesNotStartWith("OK 0");
        assertThat(lab.python(2, "imap", Listener.IMAP, "alias@example.org", Lab.PASSWORD)
                        .output())
                .startsWith("OK ")
                .doesNotStartWith("OK 0");
        assertThat(lab.python(2, "imap", Listener.IMAP, "mapped@example.org", Lab.PASSWORD)
                        .output())
                .startsWith("OK ")
                .doesNotStartWith("OK 0");
        assertThat(row("alias@example.org")).isEmpty();
        assertThat(row("mapped@example.org")).isEmpty();
    }

    @Test
    void detailOfAnAddressIsDeliveredToTheUsersBackend() {
        lab.deliver(1, "dave@example.org");
        lab.deliver(2, "dave+lists@example.org");

        assertThat(ServedBy.of(lab.site(), "dave@example.org", MailProtocol.LMTP))
                .hasSize(1);
        assertThat(row("dave+lists@example.org")).isEmpty();
    }

    @Test
    void aMechanismOfSeveralStepsPassesTheRelay() {
        assertThat(lab.python(1, "imap-cram-md5", Listener.IMAP, "challenge@example.org", Lab.PASSWORD)
                        .output())
                .startsWith("OK ");
        assertThat(lab.python(1, "imap-cram-md5", Listener.IMAP, "challenge@example.org", "wrong")
                        .exitCode())
                .isEqualTo(1);
        assertThat(ServedBy.of(lab.site(), "challenge@example.org", MailProtocol.IMAP))
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
                        () -> lab.python(proxy, "imap", Listener.IMAP, "carol@example.org", Lab.PASSWORD), threads));
            }
            assertThat(logins)
                    .allSatisfy(login -> assertThat(login.join().output()).startsWith("OK "));
        } finally {
            threads.shutdownNow();
        }
        assertThat(ServedBy.of(lab.site(), "carol@example.org", MailProtocol.IMAP))
                .hasSize(1);
    }

    @Test
    void loginsGoOnAfterTheNodeWasKilledAndAfterDovecotWasReloaded() {
        String bob = "bob@example.org";
        lab.python(1, "imap", Listener.IMAP, bob, Lab.PASSWORD);
        lab.site().node(1).kill();
        assertThat(lab.site().node(1).isRunning()).isFalse();
        lab.site().node(1).startAgain();
        lab.site().node(1).awaitReady(Duration.ofSeconds(30));
        await().atMost(Duration.ofSeconds(60)).until(() -> isServed(bob));

        lab.site().proxy(1).doveadm("reload");
        await().atMost(Duration.ofSeconds(60)).until(() -> isServed(bob));
    }

    @Test
    void knownUsersAreRoutedWhileGeoDbHangsAlsoByANodeThatWasRestarted() {
        String bob = "bob@example.org";
        assertThat(isServed(bob)).isTrue();
        SharedCassandra.freeze();
        try {
            assertThat(isServed(bob)).isTrue();
            lab.site().node(1).stop();
            lab.site().node(1).startAgain();
            lab.site().node(1).awaitReady(Duration.ofSeconds(30));
            await().atMost(Duration.ofSeconds(60)).until(() -> isServed(bob));

            Programs.Ended unknown = lab.python(1, "imap", Listener.IMAP, "tom@example.org", Lab.PASSWORD);
            assertThat(unknown.exitCode()).isEqualTo(1);
            assertThat(unknown.output()).contains("[UNAVAILABLE]");
        } finally {
            SharedCassandra.unfreeze();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> isServed("tom@example.org"));
    }

    @Test
    void aUserThatThePassdbPinsToAHostGoesThereAndGetsNoRow() {
        assertThat(lab.python(1, "imap", Listener.IMAP, "pinned@example.org", Lab.PASSWORD)
                        .output())
                .startsWith("OK ");
        assertThat(ServedBy.of(lab.site(), "pinned@example.org", MailProtocol.IMAP))
                .containsExactly("backend2");
        assertThat(row("pinned@example.org")).isEmpty();
    }

    @Test
    void metricsAndHealthAreThere() {
        assertThat(lab.site().node(1).get("/healthz")).isEqualTo("200 ok\n");
        assertThat(lab.site().node(2).get("/metrics"))
                .startsWith("200 ")
                .contains("pombal_relay_requests_total", "pombal_known_users", "# EOF");
    }

    private boolean isServed(String user) {
        return lab.python(1, "imap", Listener.IMAP, user, Lab.PASSWORD).exitCode() == 0;
    }

    private Optional<User> row(String name) {
        try (GeoDb geoDb = CassandraGeoDb.connect(lab.site().plan().geoDb())) {
            return geoDb.users()
                    .find(new UserKey(name), ReadLevel.SERIAL)
                    .toCompletableFuture()
                    .join();
        }
    }
}
