package org.pombal.acceptance;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.site.MailSite;
import org.pombal.demo.site.SitePlan;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;
import org.pombal.geodb.cassandra.CassandraConfig;

/** A site with two proxies and two backends of one Dovecot version, and mail clients that nobody here wrote. */
final class Lab implements AutoCloseable {

    static final String PASSWORD = "secret";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MailSite site;

    private Lab(MailSite site) {
        this.site = site;
    }

    /**
     * Starts one.
     *
     * @param name of its site and keyspace, lower-case letters and digits
     * @param network three numbers of loopback addresses that no other lab uses
     */
    static Lab start(
            DovecotVersion version,
            String name,
            String network,
            Optional<SitePlan.BackendTlsPlan> tls,
            Map<String, String> nodeSettings) {
        return start(version, name, network, tls, nodeSettings, SitePlan.Program.here(Product.command()));
    }

    /** As the other, with a say in how the product is run. */
    static Lab start(
            DovecotVersion version,
            String name,
            String network,
            Optional<SitePlan.BackendTlsPlan> tls,
            Map<String, String> nodeSettings,
            SitePlan.Program pombal) {
        DovecotInstallation dovecot = installation(version);
        Path folder = Folders.make(dovecot.root().resolve("tmp"), "pombal-" + name + "-");
        FreePorts ports = new FreePorts(new Random());
        Ports mailPorts = ports.all(network + ".1");
        CassandraConfig geoDb = SharedCassandra.keyspace(name);
        return new Lab(MailSite.start(
                new SitePlan(
                        name,
                        folder,
                        dovecot,
                        dovecot,
                        network,
                        mailPorts,
                        ports.one(network + ".1"),
                        2,
                        2,
                        geoDb,
                        pombal,
                        proxyAccounts(network, mailPorts),
                        backendAccounts(),
                        tls,
                        nodeSettings,
                        proxyMore(version),
                        backendMore(version)),
                line -> {}));
    }

    static DovecotInstallation installation(DovecotVersion version) {
        return version == DovecotVersion.V2_3
                ? DovecotInstallation.ofThisMachine()
                : DovecotInstallation.inFolder(debian13());
    }

    /** The folder that script/setup makes. */
    static Path debian13() {
        String cache = System.getenv("POMBAL_CACHE");
        Path folder = cache == null ? Path.of(System.getenv("HOME"), ".cache", "pombal") : Path.of(cache);
        Path root = folder.resolve("debian-13");
        if (!Files.isDirectory(root)) {
            throw new IllegalStateException("there is no " + root + ": script/setup makes it");
        }
        return root;
    }

    private static List<Account> proxyAccounts(String network, Ports ports) {
        return List.of(
                account("alice@example.org"),
                account("bob@example.org"),
                account("carol@example.org"),
                account("dave@example.org"),
                account("erin@example.org"),
                account("tom@example.org"),
                account("wrong@example.org"),
                new Account("alias@example.org", PASSWORD, "user=alice@example.org"),
                new Account("mapped@example.org", PASSWORD, "destuser=bob@example.org"),
                new Account("pinned@example.org", PASSWORD, "host=" + network + ".12 port=" + ports.of(Listener.IMAP)),
                new Account("challenge@example.org", PASSWORD, "master=admin pass=masterpw"));
    }

    private static Account account(String name) {
        return new Account(name, PASSWORD);
    }

    private static List<Account> backendAccounts() {
        return List.of(
                account("alice@example.org"),
                account("bob@example.org"),
                account("carol@example.org"),
                account("dave@example.org"),
                account("erin@example.org"),
                account("tom@example.org"),
                account("wrong@example.org"),
                account("pinned@example.org"),
                account("challenge@example.org"));
    }

    private static String proxyMore(DovecotVersion version) {
        String plainText =
                version == DovecotVersion.V2_3 ? "disable_plaintext_auth = no\n" : "auth_allow_cleartext = yes\n";
        return plainText + "auth_cache_size = 1M\nauth_mechanisms = plain login cram-md5\n";
    }

    private static String backendMore(DovecotVersion version) {
        return version == DovecotVersion.V2_3 ? """
                disable_plaintext_auth = no
                auth_master_user_separator = *
                passdb {
                  driver = static
                  args = password=masterpw
                  master = yes
                }
                """ : """
                auth_allow_cleartext = yes
                auth_master_user_separator = *
                passdb masters {
                  driver = static
                  passdb_static_password = masterpw
                  master = yes
                }
                """;
    }

    MailSite site() {
        return site;
    }

    String proxy(int number) {
        return site.plan().proxyAddress(number);
    }

    int port(Listener listener) {
        return site.plan().ports().of(listener);
    }

    /** Python's imaplib, poplib or smtplib through a proxy. */
    Programs.Ended python(int proxy, String protocol, Listener listener, String user, String password) {
        return Programs.run(
                PATIENCE,
                "python3",
                System.getProperty("pombal.clients") + "/mail.py",
                protocol,
                proxy(proxy),
                String.valueOf(port(listener)),
                user,
                password);
    }

    /** Python's smtplib delivers as an MTA does: a temporary failure is tried again. */
    void deliver(int proxy, String user) {
        await().atMost(PATIENCE).until(() -> python(proxy, "lmtp", Listener.LMTP, user, "-"), end -> end.output()
                .equals("OK delivered"));
    }

    static Programs.Ended run(String... command) {
        return Programs.run(PATIENCE, command);
    }

    @Override
    public void close() {
        site.close();
        Folders.delete(site.plan().folder());
    }
}
