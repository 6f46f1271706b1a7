package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.SieveClient;
import org.pombal.demo.site.ServedBy;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** What a node beside a backend does about users who arrive at the wrong one, on every mix of versions of Dovecot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class BackendNodeContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final List<String> RIGHT = List.of("backend1");
    private static final List<MailProtocol> LOGINS =
            List.of(MailProtocol.IMAP, MailProtocol.POP3, MailProtocol.SUBMISSION, MailProtocol.SIEVE);

    private final DovecotVersion proxies;
    private final DovecotVersion backends;
    private final String network;
    private TwoViews views;

    BackendNodeContract(DovecotVersion proxies, DovecotVersion backends, String network) {
        this.proxies = proxies;
        this.backends = backends;
        this.network = network;
    }

    @BeforeAll
    void start() {
        // Short: the path of a unix socket has 107 bytes at most, and the folder of 2.4 is deep.
        String name = "b" + (proxies + "" + backends).replace(".", "");
        List<String> users = List.of(
                "alice@example.org",
                "bob@example.org",
                "carol@example.org",
                "erin@example.org",
                "frank@example.org",
                "grace@example.org",
                "heidi@example.org",
                "ivan@example.org",
                "kept@example.org");
        List<String> accounts = Stream.concat(users.stream(), Stream.of("dave@example.org", "nobody@example.org"))
                .toList();
        views = TwoViews.start(proxies, backends, name, network, accounts);
        users.forEach(user -> views.home(user, 1));
        views.home("dave@example.org", 2);
        views.home("pinned@example.org", 1);
    }

    @AfterAll
    void stop() {
        views.close();
    }

    private String proxy(int number) {
        return views.site().plan().proxyAddress(number);
    }

    private String backend(int number) {
        return views.site().plan().backendAddress(number);
    }

    private String doveadmKey() {
        return views.site().backends().get(1).config().doveadmPassword();
    }

    @Test
    void aProxyWithOldKnowledgeLeadsEveryProtocolToTheRightBackend() {
        String alice = "alice@example.org";
        useEverything(proxy(2), alice);
        assertThat(views.site().proxy(2).doveadm("mailbox", "create", "-u", alice, "ByDoveadm"))
                .isEmpty();

        assertOnlyTheRightOneServed(alice);
        assertThat(ServedBy.withMailbox(views.site(), alice, "ByDoveadm")).isEqualTo(RIGHT);
    }

    @Test
    void aClientWhoConnectsToTheWrongBackendIsSentOnToo() {
        String bob = "bob@example.org";
        useEverything(backend(2), bob);

        assertOnlyTheRightOneServed(bob);
    }

    @Test
    void theClientsAddressReachesTheLogOfTheBackendHoweverManyHopsThereAre() {
        String client = network + ".99";
        Programs.Ended curl = Programs.run(
                PATIENCE,
                "curl",
                "--silent",
                "--show-error",
                "--interface",
                client,
                "--login-options",
                "AUTH=PLAIN",
                "--user",
                "ivan@example.org:" + TwoViews.PASSWORD,
                "imap://" + proxy(2) + ":" + views.port(Listener.IMAP) + "/");

        assertThat(curl.exitCode()).as(curl.output()).isZero();
        await().atMost(PATIENCE).until(() -> read(views.site().backends().get(0).log())
                .lines()
                .anyMatch(line -> line.contains("user=<ivan@example.org>") && line.contains("rip=" + client)));
    }

    private void useEverything(String address, String user) {
        assertThat(views.python(address, "lmtp", Listener.LMTP, user).output()).isEqualTo("OK delivered");
        assertThat(views.python(address, "imap", Listener.IMAP, user).output()).isEqualTo("OK 1 messages");
        assertThat(views.python(address, "pop3", Listener.POP3, user).output()).isEqualTo("OK 1 messages");
        assertThat(views.python(address, "submission", Listener.SUBMISSION, user)
                        .output())
                .isEqualTo("OK submitted");
        try (SieveClient sieve = SieveClient.connect(address, views.port(Listener.SIEVE), PATIENCE)) {
            sieve.login(user, TwoViews.PASSWORD);
            assertThat(sieve.listScripts()).isEmpty();
            sieve.logout();
        }
    }

    private void assertOnlyTheRightOneServed(String user) {
        for (MailProtocol protocol : LOGINS) {
            // Dovecot's log process may be a moment behind.
            await().alias(protocol.wireName())
                    .atMost(PATIENCE)
                    .until(() -> ServedBy.of(views.site(), user, protocol), RIGHT::equals);
        }
        assertThat(ServedBy.of(views.site(), user, MailProtocol.LMTP)).isEqualTo(RIGHT);
        assertThat(views.site()
                        .backends()
                        .get(1)
                        .baseDir()
                        .resolveSibling("mail")
                        .resolve(user))
                .as("mail folder on the wrong backend")
                .doesNotExist();
    }

    @Test
    void aMechanismWithoutAPasswordIsRefusedForNowAtTheWrongBackend() {
        String carol = "carol@example.org";

        assertThat(views.python(backend(1), "imap-cram-md5", Listener.IMAP, carol)
                        .output())
                .startsWith("OK ");
        Programs.Ended wrong = views.python(backend(2), "imap-cram-md5", Listener.IMAP, carol);
        assertThat(wrong.output()).contains("[UNAVAILABLE]");
        assertThat(views.site().backendNode(2).get("/metrics"))
                .contains("pombal_backend_judged_total{kind=\"AUTH\",outcome=\"refused\"}");
        assertThat(ServedBy.of(views.site(), carol, MailProtocol.IMAP)).isEqualTo(RIGHT);
    }

    @Test
    void whatAsksTheUserdbIsRefusedForForeignUsers() {
        String erin = "erin@example.org";

        assertThat(views.onBackend(1, "doveadm", "user", erin).exitCode()).isZero();
        assertThat(views.onBackend(2, "doveadm", "user", erin).exitCode()).isNotZero();
        assertThat(views.onBackend(2, "doveadm", "-o", "doveadm_port=0", "mailbox", "create", "-u", erin, "Wrong")
                        .exitCode())
                .isNotZero();
        assertThat(views.onBackend(2, "doveadm", "-o", "doveadm_port=0", "sync", "-u", erin, "sdbox:/tmp/nowhere")
                        .exitCode())
                .isNotZero();
        assertThat(views.onBackend(2, "/usr/lib/dovecot/dovecot-lda", "-d", erin)
                        .exitCode())
                .as("temporary failure")
                .isEqualTo(75);
        for (String service : List.of("lmtp", "indexer-worker", "quota-status", "lda", "dsync", "doveadm")) {
            assertThat(userdb(2, "USER\t1\t" + erin + "\tservice=" + service))
                    .as(service)
                    .startsWith("FAIL\t1");
            assertThat(userdb(1, "USER\t1\t" + erin + "\tservice=" + service))
                    .as(service)
                    .startsWith("USER\t1\t" + erin);
        }
        assertThat(views.site()
                        .backends()
                        .get(1)
                        .baseDir()
                        .resolveSibling("mail")
                        .resolve(erin))
                .doesNotExist();
    }

    private String userdb(int backend, String request) {
        Path socket = views.site().backends().get(backend - 1).baseDir().resolve("pombal/cluster-userdb");
        return Programs.run(
                        PATIENCE,
                        "python3",
                        System.getProperty("pombal.clients") + "/userdb.py",
                        socket.toString(),
                        request)
                .output();
    }

    @Test
    void listsHoldEachUserOnOneBackendOnly() {
        String frank = "frank@example.org";

        List<String> first = users(1);
        List<String> second = users(2);
        assertThat(first).contains(frank).doesNotContainAnyElementsOf(second);
        assertThat(second).doesNotContain(frank);
        // Also those that have no row yet are on one of the two lists.
        assertThat(first.size() + second.size()).isEqualTo(12);
        assertThat(views.onBackend(2, "doveadm", "mailbox", "create", "-A", "ByCron")
                        .exitCode())
                .isZero();
        assertThat(ServedBy.withMailbox(views.site(), frank, "ByCron")).isEmpty();
        assertThat(ServedBy.withMailbox(views.site(), second.get(0), "ByCron")).containsExactly("backend2");
    }

    private List<String> users(int backend) {
        Programs.Ended end = views.onBackend(backend, "doveadm", "user", "*");
        assertThat(end.exitCode()).as(end.output()).isZero();
        return end.output().lines().toList();
    }

    @Test
    void doveadmOverHttpReachesTheRightBackend() {
        String grace = "grace@example.org";
        Programs.Ended curl = Programs.run(
                PATIENCE,
                "curl",
                "--silent",
                "--show-error",
                "--header",
                "Authorization: X-Dovecot-API "
                        + Base64.getEncoder().encodeToString(doveadmKey().getBytes(StandardCharsets.US_ASCII)),
                "--header",
                "Content-Type: application/json",
                "--data",
                "[[\"mailboxCreate\",{\"user\":\"" + grace + "\",\"mailbox\":[\"ByHttp\"]},\"t\"]]",
                "http://" + backend(2) + ":" + views.port(Listener.DOVEADM_HTTP) + "/doveadm/v1");

        assertThat(curl.exitCode()).as(curl.output()).isZero();
        assertThat(ServedBy.withMailbox(views.site(), grace, "ByHttp"))
                .as(curl.output())
                .isEqualTo(RIGHT);
    }

    /** The last: the other backend has all users afterwards. */
    @Test
    @Order(Integer.MAX_VALUE)
    void withoutItsNodeABackendLetsNobodyInItsUsersAreServedElsewhereAndItRecovers() {
        String heidi = "heidi@example.org";
        assertThat(views.python(backend(1), "imap", Listener.IMAP, heidi).exitCode())
                .isZero();
        views.site().backendNode(1).kill();
        Programs.Ended delivery = views.python(backend(1), "lmtp", Listener.LMTP, heidi);
        assertThat(delivery.exitCode()).as(delivery.output()).isEqualTo(1);
        // It waits for the node, longer than anybody wants to watch.
        Programs.Ended list = views.onBackend(A_WHILE, 1, "doveadm", "mailbox", "list", "-u", heidi);
        assertThat(list.exitCode()).as(list.output()).isNotZero();
        assertThat(list.output()).doesNotContain("INBOX");
        await().atMost(PATIENCE)
                .until(() ->
                        views.python(proxy(1), "imap", Listener.IMAP, heidi).exitCode() == 0);
        assertThat(ServedBy.of(views.site(), heidi, MailProtocol.IMAP)).contains("backend2");

        views.site().backendNode(1).startAgain();
        views.site().backendNode(1).awaitReady(PATIENCE);
        // Back, it sends on whom it does not own any more.
        await().atMost(PATIENCE)
                .until(() ->
                        views.python(backend(1), "imap", Listener.IMAP, heidi).exitCode() == 0);
    }

    @Test
    void aUserWhomTheProxysPassdbPinsIsServedWhereItSays() {
        String pinned = "pinned@example.org";
        assertThat(views.python(proxy(1), "imap", Listener.IMAP, pinned).output())
                .startsWith("OK ");
        assertThat(ServedBy.of(views.site(), pinned, MailProtocol.IMAP)).containsExactly("backend2");
        await().atMost(PATIENCE)
                .until(() -> read(views.site().backendNode(2).log()).contains("is pinned to this backend"));
    }

    @Test
    void aMailProcessIsKnownWhileItLives() {
        try (ImapClient imap = ImapClient.connect(backend(1), views.port(Listener.IMAP), PATIENCE)) {
            imap.login("kept@example.org", TwoViews.PASSWORD);
            await().atMost(PATIENCE).until(() -> processes(1) > 0);
            imap.logout();
        }
        await().atMost(PATIENCE).until(() -> processes(1) == 0);
    }

    private double processes(int backend) {
        return views.site()
                .backendNode(backend)
                .get("/metrics")
                .lines()
                .filter(line -> line.startsWith("pombal_backend_processes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
