package org.pombal.bench.moves;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.pombal.bench.kit.BenchGeoDb;
import org.pombal.bench.kit.Stopping;
import org.pombal.demo.server.Commands;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.DovecotServer;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.PombalNode;
import org.pombal.demo.site.MailSite;
import org.pombal.demo.site.SitePlan;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ServerAddress;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** A site with Pombal: nodes beside proxy and backends, these under the guardian. */
final class PombalPeer implements MovesPeer {

    static final String NETWORK = "127.0.78";

    private static final String SITE = "bench";
    private static final Duration READY = Duration.ofSeconds(60);

    private final Path checkout;
    private final BenchGeoDb geoDb;
    private final MailSite site;
    private final Site row;
    private final List<Backend> backends;
    private final Map<String, GroupId> groups = new HashMap<>();
    private final int groupCount;

    private PombalPeer(Path checkout, BenchGeoDb geoDb, MailSite site, int groupCount) {
        this.groupCount = groupCount;
        this.checkout = checkout;
        this.geoDb = geoDb;
        this.site = site;
        // Entered when the first user is placed, and here nobody is placed.
        this.row =
                geoDb.update(BenchGeoDb.get(geoDb.geoDb().sites().list()).get(0).withGroupCount(groupCount));
        List<Backend> all = BenchGeoDb.get(geoDb.geoDb().backends().list(row.id()));
        this.backends = Stream.iterate(1, number -> number <= site.plan().backends(), number -> number + 1)
                .map(number -> all.stream()
                        .filter(backend ->
                                backend.host().value().equals(site.plan().backendHost(number)))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /**
     * Starts everything; returns when users may log in and the site would fail over.
     *
     * @param folder for all files
     * @param checkout where the product was built
     * @param users who will be there
     * @param groups how many the site has, for the hash of a user's name to choose from
     */
    static PombalPeer start(Path folder, Path checkout, List<String> users, int groups, int backends) {
        requireNonNull(checkout, "checkout is null");
        FreePorts ports = new FreePorts(new Random());
        BenchGeoDb geoDb = BenchGeoDb.start(folder.resolve("geodb"), checkout, ports);
        try {
            DovecotInstallation dovecot = DovecotInstallation.ofThisMachine();
            Ports mailPorts = ports.all(NETWORK + ".1");
            List<Account> accounts =
                    users.stream().map(user -> new Account(user, PASSWORD)).toList();
            Path home = checkout.resolve("app/target/pombal");
            MailSite site = MailSite.start(
                    new SitePlan(
                            SITE,
                            folder.resolve("site"),
                            folder.resolve("site"),
                            dovecot,
                            dovecot,
                            NETWORK,
                            mailPorts,
                            ports.one(NETWORK + ".1"),
                            1,
                            backends,
                            geoDb.config(),
                            SitePlan.Program.here(pombal(checkout), home.resolve("sbin/pombal-guardian")),
                            accounts,
                            accounts,
                            Optional.empty(),
                            Map.of("cluster_default_group_count", String.valueOf(groups)),
                            "disable_plaintext_auth = no\n" + ManySessions.CONFIG,
                            "disable_plaintext_auth = no\n" + ManySessions.CONFIG),
                    line -> {});
            try {
                PombalPeer peer = new PombalPeer(checkout, geoDb, site, groups);
                Stopping.await("the site's electorate", READY, peer::hasElectorate);
                return peer;
            } catch (RuntimeException e) {
                site.close();
                throw e;
            }
        } catch (RuntimeException e) {
            geoDb.close();
            throw e;
        }
    }

    private static List<String> pombal(Path checkout) {
        return List.of(
                "env",
                "POMBAL_HOME=" + checkout.resolve("app/target/pombal"),
                checkout.resolve("app/src/main/launcher/pombal").toString());
    }

    /** Whether all nodes vote: before that, a backend that dies at once may not be replaced. */
    private boolean hasElectorate() {
        return BenchGeoDb.get(geoDb.geoDb().electorates().find(row.id(), ReadLevel.SERIAL))
                .filter(electorate -> electorate.members().size()
                        == site.plan().backends() + site.plan().proxies())
                .isPresent();
    }

    @Override
    public String name() {
        return "pombal";
    }

    @Override
    public ServerAddress imap() {
        return new ServerAddress(
                site.plan().proxyAddress(1), site.plan().ports().of(Listener.IMAP));
    }

    @Override
    public void home(List<String> users, int backend) {
        BackendId owner = backends.get(backend - 1).id();
        Set<GroupId> placed = new HashSet<>();
        for (String user : users) {
            GroupId group = GroupedUsers.group(user, row.id(), groupCount);
            if (placed.add(group)) {
                geoDb.enter(UserGroup.placed(group, owner, Optional.of(another(backend, placed.size()))));
            }
            groups.put(user, group);
            geoDb.enter(User.firstSeen(new UserKey(user), group));
        }
    }

    private BackendId another(int backend, int spread) {
        List<BackendId> others =
                new ArrayList<>(backends.stream().map(Backend::id).toList());
        others.remove(backend - 1);
        return others.get(spread % others.size());
    }

    @Override
    public void settle() {
        // Nothing was held back.
    }

    @Override
    public void move(List<String> users, int backend) {
        Set<GroupId> moved = new LinkedHashSet<>();
        users.forEach(user -> moved.add(requireNonNull(groups.get(user))));
        BackendId destination = backends.get(backend - 1).id();
        moved.forEach(group -> geoDb.propose(
                group, GroupMove.proposed(MoveId.random(), destination, false, "benchmark", Instant.now())));
    }

    @Override
    public void drain(int backend) {
        cluster("backend", "evacuate", site.plan().backendHost(backend));
    }

    private void cluster(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("env", "POMBAL_SOCKET=" + site.node(1).doveadmSocket()));
        command.addAll(pombal(checkout));
        command.add("cluster");
        command.addAll(List.of(arguments));
        Commands.run(command);
    }

    @Override
    public void stop(int backend) {
        site.backends().get(backend - 1).beginStop();
    }

    @Override
    public void kill(int backend) {
        DovecotServer dovecot = site.backends().get(backend - 1);
        PombalNode node = site.backendNode(backend);
        Kill.all(Stream.concat(node.processes().stream(), dovecot.processes().stream())
                .toList());
    }

    @Override
    public int sessions(int backend) {
        return ManySessions.count(site.backends().get(backend - 1).processes());
    }

    @Override
    public void close() {
        site.close();
        geoDb.close();
    }
}
