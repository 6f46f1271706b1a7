package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.mail.SieveClient;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.site.ServedBy;
import org.pombal.demo.site.SitePlan;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;
import org.pombal.geodb.cassandra.CassandraConfig;

/** Two sites with a GeoDB in common, each with a proxy that is its load balancer: one on Dovecot 2.3, one on 2.4. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoSitesTest {

    private static final String LISBON = "127.0.72";
    private static final String PORTO = "127.0.73";
    private static final String ALICE = "alice@example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Lab lisbon;
    private Lab porto;

    @BeforeAll
    void start() throws IOException {
        CassandraConfig geoDb = SharedCassandra.keyspace("two_sites");
        Ports ports = new FreePorts(new Random()).all(LISBON + ".1");
        Map<String, String> settings = Map.of(
                "cluster_report_interval", "1s",
                "cluster_site_check_interval", "1s",
                "cluster_backend_test_username", "probe-%{backend_host}@" + LabAccounts.ODD_DOMAIN,
                "cluster_backend_test_password", LabAccounts.PASSWORD,
                "cluster_backend_test_interval", "1s",
                "cluster_site_failover_wait", "7s",
                "cluster_site_trust", "3s",
                "cluster_site_read_interval", "500ms");
        lisbon = Lab.startSmall(DovecotVersion.V2_3, "lisbon", SitePlan.TEST_DOMAIN, LISBON, settings, geoDb, ports);
        porto = Lab.startSmall(
                DovecotVersion.V2_4, "porto", "porto." + SitePlan.TEST_DOMAIN, PORTO, settings, geoDb, ports);
        // As with DNS, each site can find the other's hosts.
        Files.write(porto.site().hostsFile(), Files.readAllLines(lisbon.site().hostsFile()), StandardOpenOption.APPEND);
        assertThat(run(porto, "site", "update", "--load-balancer", LISBON + ".1", "lisbon")
                        .exitCode())
                .isZero();
        assertThat(run(lisbon, "site", "update", "--load-balancer", PORTO + ".1", "porto")
                        .exitCode())
                .isZero();
        lisbon.awaitServed(1, ALICE);
    }

    @AfterAll
    void stop() {
        porto.close();
        lisbon.close();
    }

    private static CommandSender.Printed run(Lab lab, String... words) {
        return CommandSender.run(Stream.of(
                        Product.command().stream(),
                        Stream.of("-f", "tab", "cluster"),
                        Stream.of(words),
                        Stream.of("--socket", lab.site().node(1).doveadmSocket().toString()))
                .flatMap(part -> part)
                .toList());
    }

    private String aliceBackend() {
        return lisbon.rows().backendOf(ALICE).orElseThrow();
    }

    @Test
    void aUserIsAccessedAcrossSites() {
        for (Lab lab : new Lab[] {lisbon, porto}) {
            assertThat(run(lab, "user", "access", "-u", ALICE).out())
                    .isEqualTo("user\tbackend\n" + ALICE + "\t" + aliceBackend() + ".test\n");
            assertThat(run(lab, "user", "access", "-i", "-u", ALICE).out()).contains("\t" + LISBON + ".1");
            assertThat(run(lab, "user", "status", ALICE).out()).contains(ALICE + "\tlisbon\tdefault-");
        }
        assertThat(run(porto, "user", "access", "-u", "nobody").exitCode()).isEqualTo(67);
    }

    @Test
    void aUserWhoComesToTheOtherSiteIsServedAtHome() {
        assertThat(run(porto, "user", "access", "-u", ALICE).exitCode()).isZero();

        porto.awaitServed(1, ALICE);

        assertThat(ServedBy.of(lisbon.site(), ALICE, MailProtocol.IMAP)).containsExactly(aliceBackend());
        assertThat(ServedBy.of(porto.site(), ALICE, MailProtocol.IMAP)).isEmpty();
    }

    @Test
    void mailThatComesToTheOtherSiteIsDeliveredAtHome() {
        porto.deliver(1, ALICE);

        assertThat(ServedBy.of(lisbon.site(), ALICE, MailProtocol.LMTP)).containsExactly(aliceBackend());
        assertThat(ServedBy.of(porto.site(), ALICE, MailProtocol.LMTP)).isEmpty();
    }

    @Test
    void everyProtocolGoesFromAnOldDovecotToANewOneAndBack() {
        servedAtHomeFrom(porto, lisbon, ALICE);
        servedAtHomeFrom(lisbon, porto, "erin@example.org");
    }

    private static void servedAtHomeFrom(Lab other, Lab home, String user) {
        home.awaitServed(1, user);
        other.deliver(1, user);
        other.awaitServed(1, user);
        assertThat(other.python(1, "pop3", Listener.POP3, user, Lab.PASSWORD).output())
                .startsWith("OK ");
        assertThat(other.python(1, "submission", Listener.SUBMISSION, user, Lab.PASSWORD)
                        .output())
                .isEqualTo("OK submitted");
        try (SieveClient sieve = SieveClient.connect(other.proxy(1), other.port(Listener.SIEVE), PATIENCE)) {
            sieve.login(user, Lab.PASSWORD);
            assertThat(sieve.listScripts()).isEmpty();
            sieve.logout();
        }

        List<String> backend = List.of(home.rows().backendOf(user).orElseThrow());
        for (MailProtocol protocol : List.of(
                MailProtocol.IMAP, MailProtocol.LMTP, MailProtocol.POP3, MailProtocol.SUBMISSION, MailProtocol.SIEVE)) {
            // Dovecot's log process may be a moment behind.
            await().alias(protocol.wireName())
                    .atMost(PATIENCE)
                    .until(() -> ServedBy.of(home.site(), user, protocol), backend::equals);
            assertThat(ServedBy.of(other.site(), user, protocol)).isEmpty();
        }
    }

    @Test
    void eachSiteReachesTheOther() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(run(lisbon, "site", "reachability", "list")
                        .out()
                        .lines()
                        .skip(1)
                        .map(line ->
                                String.join(" ", List.of(line.split("\t", -1)).subList(0, 5))))
                .containsExactlyInAnyOrder("lisbon porto yes 1 0", "porto lisbon yes 1 0"));
    }

    @Test
    void aSiteThatGreetsAndLetsNobodyInIsNotReached() {
        awaitWay("\tyes\t1\t0\t");
        // So that the test user is known to get in when all is well.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ServedBy.of(porto.site(), probe(PORTO), MailProtocol.IMAP))
                    .isNotEmpty();
            assertThat(ServedBy.of(lisbon.site(), probe(LISBON), MailProtocol.IMAP))
                    .isNotEmpty();
        });
        String resets = """
                service imap-login {
                  executable = %s/reset.py
                  chroot =
                  user = root
                }
                """.formatted(System.getProperty("pombal.clients"));
        lisbon.site().backends().forEach(backend -> Lab.reconfigure(backend, resets));
        try {
            awaitWay("\tno\t0\t1\t");
            assertThat(run(porto, "site", "reachability", "list").out()).contains("no test login: ");
        } finally {
            lisbon.site().backends().forEach(backend -> Lab.reconfigure(backend, ""));
        }
        awaitWay("\tyes\t1\t0\t");
    }

    private static String probe(String site) {
        return "probe-" + site + ".1@" + LabAccounts.ODD_DOMAIN;
    }

    private void awaitWay(String says) {
        await().atMost(PATIENCE)
                .until(() -> run(porto, "site", "reachability", "list").out().contains("porto\tlisbon" + says));
    }

    @Test
    void newUsersOfASiteThatTakesNoneGetAHomeInTheOther() {
        String bob = "bob@example.org";
        assertThat(run(porto, "site", "update", "--status", "standby", "porto").exitCode())
                .isZero();
        await().atMost(PATIENCE)
                .until(() -> run(porto, "site", "status", "porto").out().contains("\tstandby\t"));

        porto.awaitServed(1, bob);

        assertThat(run(porto, "user", "status", bob).out()).contains(bob + "\tlisbon\tdefault-");
        assertThat(ServedBy.of(porto.site(), bob, MailProtocol.IMAP)).isEmpty();
        assertThat(run(porto, "site", "update", "--status", "online", "porto").exitCode())
                .isZero();
    }

    @Test
    void aLoadBalancerThatLeadsBackIsATemporaryFailureAtOnce() throws IOException {
        String carol = "carol@example.org";
        porto.awaitServed(1, carol);
        lisbon.awaitServed(1, carol);
        Files.writeString(lisbon.site().hostsFile(), LISBON + ".1 circle.test\n", StandardOpenOption.APPEND);
        assertThat(run(porto, "site", "update", "--load-balancer", "circle.test", "porto")
                        .exitCode())
                .isZero();
        try {
            await().atMost(PATIENCE).until(() -> {
                boolean served = lisbon.isServed(1, carol);
                return !served && Files.readString(lisbon.site().node(1).log()).contains("came round in a circle");
            });
        } finally {
            run(porto, "site", "update", "--load-balancer", PORTO + ".1", "porto");
        }
        lisbon.awaitServed(1, carol);
    }

    @Test
    void usersOfASiteThatFailsOverAreServedByTheOtherAndComeHome() {
        String dave = "dave@example.org";
        porto.awaitServed(1, dave);
        ImapClient session = porto.session(dave);
        assertThat(run(lisbon, "site", "failover", "start", "porto").exitCode()).isZero();

        // Its own backends end before anybody else begins.
        await().atMost(PATIENCE).until(() -> isOver(session));
        assertThat(ServedBy.of(lisbon.site(), dave, MailProtocol.IMAP)).isEmpty();
        lisbon.awaitServed(1, dave);
        assertThat(ServedBy.of(lisbon.site(), dave, MailProtocol.IMAP)).hasSize(1);
        porto.deliver(1, dave);
        assertThat(ServedBy.of(lisbon.site(), dave, MailProtocol.LMTP)).hasSize(1);
        assertThat(run(porto, "user", "status", dave).out()).contains(dave + "\tlisbon\t");
        assertThat(run(porto, "site", "failover", "list").out()).contains("porto\tactive\t1\tyes\tlisbon=200\t");

        ImapClient away = lisbon.session(dave);
        assertThat(run(porto, "site", "failover", "stop", "porto").exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> isOver(away));
        await().atMost(PATIENCE)
                .until(() -> run(porto, "user", "status", dave).out().contains(dave + "\tporto\t"));
        await().atMost(PATIENCE)
                .until(() -> run(porto, "site", "failover", "list").out().contains("porto\tnone\t1\t"));
        lisbon.awaitServed(1, dave);
        porto.awaitServed(1, dave);
    }

    private static boolean isOver(ImapClient session) {
        try {
            session.select("INBOX");
            return false;
        } catch (MailException e) {
            session.close();
            return true;
        }
    }

    @Test
    void theOtherSiteIsADestinationOfItsProxy() {
        porto.awaitServed(1, ALICE);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        run(lisbon, "proxy", "list", "--site", "porto").out().lines())
                .last()
                .asString()
                .startsWith("proxy1.porto.test\tporto\t")
                .endsWith("lisbon"));
    }

    @Test
    void whereThereIsOneDataCentreBackendsOfTheOtherSiteAreChangedToo() {
        String backend = "backend2.porto.test";

        assertThat(run(lisbon, "backend", "update", "--load-factor", "50", backend)
                        .exitCode())
                .isZero();
        assertThat(run(porto, "backend", "status", backend).out()).contains("\tonline\t50\t");
        assertThat(run(lisbon, "backend", "update", "--load-factor", "100", backend)
                        .exitCode())
                .isZero();
    }
}
