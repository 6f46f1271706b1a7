package org.pombal.acceptance;

import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.DovecotServer;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.site.MailSite;
import org.pombal.demo.site.SitePlan;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.StandaloneConfig;
import org.pombal.geodb.cassandra.CassandraConfig;

/** A site with two proxies and two backends of one Dovecot version, and mail clients that nobody here wrote. */
final class Lab implements AutoCloseable {

    static final String PASSWORD = LabAccounts.PASSWORD;

    /** How many user groups a site of a small one has. */
    static final int FEW_GROUPS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MailSite site;
    private final Rows rows;
    private final Line geoDbLine;

    private Lab(MailSite site, Line geoDbLine) {
        this.site = site;
        this.rows = new Rows(site.plan().geoDb());
        this.geoDbLine = geoDbLine;
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
        return start(
                version,
                name,
                network,
                tls,
                nodeSettings,
                SitePlan.Program.here(Product.command(), Product.guardian()));
    }

    /** One with one proxy and few groups, on Dovecot 2.3. */
    static Lab startSmall(String name, String network, Map<String, String> nodeSettings) {
        return startSmall(
                DovecotVersion.V2_3,
                name,
                SitePlan.TEST_DOMAIN,
                network,
                nodeSettings,
                SharedCassandra.keyspace(name),
                new FreePorts(new Random()).all(network + ".1"));
    }

    /**
     * A small one that may be a site among others.
     *
     * @param geoDb theirs, too
     * @param ports where they listen for each other
     */
    static Lab startSmall(
            DovecotVersion version,
            String name,
            String domain,
            String network,
            Map<String, String> nodeSettings,
            CassandraConfig geoDb,
            Ports ports) {
        Map<String, String> settings = new TreeMap<>(nodeSettings);
        settings.put("cluster_default_group_count", String.valueOf(FEW_GROUPS));
        return start(
                version,
                name,
                domain,
                network,
                Optional.empty(),
                settings,
                SitePlan.Program.here(Product.command(), Product.guardian()),
                1,
                geoDb,
                ports);
    }

    /** As the other, with a say in how the product is run. */
    static Lab start(
            DovecotVersion version,
            String name,
            String network,
            Optional<SitePlan.BackendTlsPlan> tls,
            Map<String, String> nodeSettings,
            SitePlan.Program pombal) {
        return start(
                version,
                name,
                SitePlan.TEST_DOMAIN,
                network,
                tls,
                nodeSettings,
                pombal,
                2,
                SharedCassandra.keyspace(name),
                new FreePorts(new Random()).all(network + ".1"));
    }

    private static Lab start(
            DovecotVersion version,
            String name,
            String domain,
            String network,
            Optional<SitePlan.BackendTlsPlan> tls,
            Map<String, String> nodeSettings,
            SitePlan.Program pombal,
            int proxies,
            CassandraConfig geoDb,
            Ports mailPorts) {
        DovecotInstallation dovecot = installation(version);
        Path folder = Folders.make(dovecot.root().resolve("tmp"), "pb-" + name + "-");
        // On Cassandra's own address, which is the one that drivers learn from it.
        String cassandra = geoDb.contactPoints().get(0);
        Line line = new Line(cassandra, 0, new InetSocketAddress(cassandra, geoDb.port()));
        Map<String, String> settings = new TreeMap<>(nodeSettings);
        settings.put("CASSANDRA_PORT", String.valueOf(line.port()));
        SitePlan plan = new SitePlan(
                name,
                domain,
                folder,
                folder,
                dovecot,
                dovecot,
                network,
                mailPorts,
                new FreePorts(new Random()).one(network + ".1"),
                proxies,
                2,
                geoDb,
                pombal,
                LabAccounts.ofProxies(network, mailPorts),
                LabAccounts.ofBackends(),
                tls,
                settings,
                LabAccounts.REFUSED_AT_ONCE + LabAccounts.proxyLines(version),
                LabAccounts.REFUSED_AT_ONCE
                        + LabAccounts.backendLines(version, dovecot.inside(LabAccounts.oddMail(folder))));
        return new Lab(MailSite.start(plan, progress -> {}), line);
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

    MailSite site() {
        return site;
    }

    /** Between the nodes and Cassandra. */
    Line geoDbLine() {
        return geoDbLine;
    }

    /** What GeoDB holds, past the line of the nodes. */
    Rows rows() {
        return rows;
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

    Programs.Ended login(int proxy, String user) {
        return python(proxy, "imap", Listener.IMAP, user, PASSWORD);
    }

    /** A session through the first proxy that stays open. */
    ImapClient session(String user) {
        ImapClient imap = ImapClient.connect(proxy(1), port(Listener.IMAP), PATIENCE);
        try {
            imap.login(user, PASSWORD);
            return imap;
        } catch (RuntimeException e) {
            imap.close();
            throw e;
        }
    }

    boolean isServed(int proxy, String user) {
        return login(proxy, user).exitCode() == 0;
    }

    /** Sees who serves whom from now on, by the backends' own logs. */
    SessionWatch watch() {
        return new SessionWatch(site.backends().stream()
                .collect(toMap(backend -> backend.config().name(), DovecotServer::log)));
    }

    void awaitServed(int proxy, String user) {
        await().alias(user + " through proxy " + proxy).atMost(PATIENCE).until(() -> isServed(proxy, user));
    }

    /** Adds lines to a proxy's configuration, in place of those added before, and reloads it. */
    void reconfigure(int proxy, String lines) {
        reconfigure(site.proxy(proxy), lines);
    }

    /** Adds lines to a Dovecot's configuration, in place of those added before, and reloads it. */
    static void reconfigure(DovecotServer server, String lines) {
        Path file = server.log().resolveSibling(StandaloneConfig.MAIN_FILE);
        try {
            Files.writeString(file, server.config().files().get(StandaloneConfig.MAIN_FILE) + "\n" + lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        server.doveadm("reload");
    }

    static Programs.Ended run(String... command) {
        return Programs.run(PATIENCE, command);
    }

    @Override
    public void close() {
        site.close();
        rows.close();
        geoDbLine.close();
        Folders.delete(site.plan().folder());
    }
}
