package org.pombal.acceptance;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.PombalNode;
import org.pombal.demo.site.MailSite;
import org.pombal.demo.site.SiteEntry;
import org.pombal.demo.site.SitePlan;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/**
 * A site whose parts do not agree: there is a true GeoDB and a false one. Proxy 1 and the backends look at the true one,
 * proxy 2 at the false one, as if its knowledge was old. Other nodes can be made to.
 */
final class TwoViews implements AutoCloseable {

    static final String PASSWORD = "secret";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger GROUPS = new AtomicInteger(1000);

    private final MailSite site;
    private final CassandraConfig falseGeoDb;
    private final GeoDb truth;
    private final GeoDb falsehood;

    private TwoViews(MailSite site, CassandraConfig falseGeoDb) {
        this.site = site;
        this.falseGeoDb = falseGeoDb;
        this.truth = CassandraGeoDb.connect(site.plan().geoDb());
        this.falsehood = CassandraGeoDb.connect(falseGeoDb);
    }

    /** @param users who have accounts, on proxies and backends */
    static TwoViews start(
            DovecotVersion proxies, DovecotVersion backends, String name, String network, List<String> users) {
        DovecotInstallation proxyDovecot = Lab.installation(proxies);
        DovecotInstallation backendDovecot = Lab.installation(backends);
        Path folder = folderIn(proxyDovecot, name);
        Path backendFolder = proxies == backends ? folder : folderIn(backendDovecot, name);
        FreePorts ports = new FreePorts(new Random());
        Ports mailPorts = ports.all(network + ".1");
        List<Account> accounts =
                users.stream().map(user -> new Account(user, PASSWORD)).toList();
        List<Account> proxyAccounts = Stream.concat(
                        accounts.stream(),
                        Stream.of(new Account(
                                "pinned@example.org",
                                PASSWORD,
                                "host=" + network + ".12 port=" + mailPorts.of(Listener.IMAP))))
                .toList();
        List<Account> backendAccounts = Stream.concat(
                        accounts.stream(), Stream.of(new Account("pinned@example.org", PASSWORD)))
                .toList();
        SitePlan plan = new SitePlan(
                name,
                folder,
                backendFolder,
                proxyDovecot,
                backendDovecot,
                network,
                mailPorts,
                ports.one(network + ".1"),
                2,
                2,
                SharedCassandra.keyspace(name),
                SitePlan.Program.here(Product.command(), Product.guardian()),
                proxyAccounts,
                backendAccounts,
                Optional.empty(),
                // Without votes: a proxy that sees another GeoDB is no voter here, but may have been made one while it
                // started.
                Map.of("cluster_geodb_outage", "fence"),
                plainTextAllowed(proxies),
                plainTextAllowed(backends) + "auth_mechanisms = plain login cram-md5\n");
        CassandraConfig falseGeoDb = SharedCassandra.keyspace(name + "_false");
        SiteEntry.write(plan.withGeoDb(falseGeoDb));
        MailSite site = MailSite.start(plan, line -> {});
        TwoViews views = new TwoViews(site, falseGeoDb);
        views.deceive(site.node(2));
        return views;
    }

    private static Path folderIn(DovecotInstallation dovecot, String name) {
        return Folders.make(dovecot.root().resolve("tmp"), "pb-" + name + "-");
    }

    private static String plainTextAllowed(DovecotVersion version) {
        return LabAccounts.REFUSED_AT_ONCE
                + (version == DovecotVersion.V2_3 ? "disable_plaintext_auth = no\n" : "auth_allow_cleartext = yes\n");
    }

    /** Lets a node see the false GeoDB from now on. */
    void deceive(PombalNode node) {
        restart(node, Map.of("CASSANDRA_KEYSPACE", falseGeoDb.keyspace()));
    }

    /** A proxy's node is ready before it is connected to GeoDB, by what it kept; new users get a temporary failure then. */
    private static void restart(PombalNode node, Map<String, String> changes) {
        node.restartWith(changes);
        node.awaitReady(PATIENCE);
        await().atMost(PATIENCE).until(() -> node.get("/metrics").contains("\npombal_geodb_in_step 1.0\n"));
    }

    /** Enters a user who belongs to the backend of this number, and to the other one in the false GeoDB. */
    void home(String user, int backend) {
        int group = GROUPS.incrementAndGet();
        enter(truth, user, group, backend);
        enter(falsehood, user, group, 3 - backend);
    }

    private void enter(GeoDb geoDb, String user, int group, int backend) {
        Site home = get(geoDb.sites().list()).get(0);
        Backend owner = get(geoDb.backends().list(home.id())).stream()
                .filter(row -> row.host().value().equals(site.plan().backendHost(backend)))
                .findFirst()
                .orElseThrow();
        GroupId id = GroupId.numbered(home.id(), group);
        get(geoDb.groups().createIfAbsent(UserGroup.placed(id, owner.id(), Optional.empty())));
        Cas<User> entered = get(geoDb.users().createIfAbsent(User.firstSeen(new UserKey(user), id)));
        if (!(entered instanceof Cas.Applied<User>)) {
            throw new IllegalStateException(user + " has a home already: " + entered);
        }
    }

    private static <T> T get(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    MailSite site() {
        return site;
    }

    int port(Listener listener) {
        return site.plan().ports().of(listener);
    }

    /** Python's mail libraries, at any of the site's addresses. */
    Programs.Ended python(String address, String protocol, Listener listener, String user) {
        return Programs.run(
                PATIENCE,
                "python3",
                System.getProperty("pombal.clients") + "/mail.py",
                protocol,
                address,
                String.valueOf(port(listener)),
                user,
                PASSWORD);
    }

    /** One of the programs of a backend's Dovecot, with that backend's configuration. */
    Programs.Ended onBackend(int number, String program, String... arguments) {
        return onBackend(PATIENCE, number, program, arguments);
    }

    /** The same, killed after that long. */
    Programs.Ended onBackend(Duration patience, int number, String program, String... arguments) {
        DovecotInstallation installation = site.plan().backendDovecot();
        String config = installation
                .inside(site.plan().backendFolder().resolve("backend" + number).resolve("dovecot.conf"))
                .toString();
        String[] all =
                Stream.concat(Stream.of("-c", config), Stream.of(arguments)).toArray(String[]::new);
        return Programs.run(patience, installation.command(program, all));
    }

    @Override
    public void close() {
        site.close();
        truth.close();
        falsehood.close();
        Folders.delete(site.plan().folder());
        if (!site.plan().backendFolder().equals(site.plan().folder())) {
            Folders.delete(site.plan().backendFolder());
        }
    }
}
