package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.model.user.TestUser;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.VoterId;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.backend.BackendRole;
import org.pombal.node.failover.Failover;
import org.pombal.node.failover.FailoverMetrics;
import org.pombal.node.failover.FenceCommand;
import org.pombal.node.failover.LeaseProofs;
import org.pombal.node.guardian.BootClock;
import org.pombal.node.guardian.BootId;
import org.pombal.node.guardian.GuardianControl;
import org.pombal.node.guardian.GuardianFolder;
import org.pombal.node.ownership.BackendSide;
import org.pombal.node.ownership.Neighbors;
import org.pombal.node.ownership.Ownership;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.OwnershipSetup;
import org.pombal.node.ownership.OwnershipStatus;
import org.pombal.node.ownership.UnknownPlaces;
import org.pombal.node.peer.Owner;
import org.pombal.node.peer.Peers;
import org.pombal.node.probe.HangWatch;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.report.MachineName;
import org.pombal.node.routing.Routes;
import org.pombal.node.session.FlushCommand;
import org.pombal.node.session.FlushHook;
import org.pombal.node.session.SettleThenFlush;
import org.pombal.node.sites.SiteFailoverDriver;
import org.pombal.node.topology.Topology;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.Departures;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node beside a backend has besides what all nodes have: its part in the ownership protocol, and the sockets where users arrive. */
final class BackendAssembly {

    private static final Logger log = LoggerFactory.getLogger(BackendAssembly.class);

    private static final int MOST_FLUSHES = 64;

    /** A backend serves nobody without a guardian, so it is looked for where it is as a rule. */
    private static final Path GUARDIAN_DIR = Path.of("/run/pombal");

    private final OwnershipLoop loop;
    private final BackendSide side;
    private final List<RelayServer> relays;
    private final ExecutorService flushes;
    private final Failover failover;
    private final HangWatch hangWatch;
    private final SiteFailoverDriver sites;

    BackendAssembly(
            Settings settings,
            HostName self,
            OwnershipLoop loop,
            BootClock clock,
            PeerAssembly peers,
            GeoDb geoDb,
            Topology topology,
            Routes routes,
            HostAddresses addresses,
            DovecotSockets sockets,
            DestinationFields fields,
            EventLoopGroup eventLoops,
            Consumer<UserGroup> seen,
            PrometheusRegistry registry)
            throws IOException {
        OwnershipConfig config = OwnershipConfig.of(settings);
        GuardianFolder guardian =
                new GuardianFolder(settings.get(NodeSettings.GUARDIAN_DIR).orElse(GUARDIAN_DIR));
        this.loop = requireNonNull(loop, "loop is null");
        Cluster cluster = new Cluster(
                geoDb,
                settings.get(SiteSettings.LOCAL_SITE),
                host -> CompletableFuture.completedFuture(true),
                InstantSource.system(),
                settings.get(TakeoverSettings.TAKEOVER));
        this.flushes = flushThreads(Math.min(MOST_FLUSHES, config.maxParallelMoves()));
        this.side = new BackendSide(
                loop,
                new OwnershipSetup(
                        config.policy(),
                        config.timings(),
                        config.maxParallelMoves(),
                        settings.get(NodeSettings.ROUTE_CACHE_USERS),
                        config.deliveryProcesses(),
                        SitesSettings.setup(settings)),
                new BackendSide.Parts(
                        geoDb,
                        topology,
                        self,
                        MachineName.get(),
                        settings.get(NodeSettings.STATE_DIR),
                        guardian,
                        clock,
                        BootId.ofThisMachine(),
                        listener -> new GuardianControl(guardian.control(), clock, eventLoops, listener),
                        flush(config),
                        peers.electors(),
                        new LeaseProofs(
                                loop,
                                geoDb.leases(),
                                config.policy(),
                                config.timings(),
                                peers.electors(),
                                (backend, incarnation) -> side().over(backend, incarnation)),
                        new Told(peers.peers(), topology),
                        new Places(routes),
                        new ForcedByOperator(
                                topology,
                                self,
                                new Departures(cluster, new Audit("forced move at login on " + self)),
                                settings.get(NodeSettings.USERNAME_HASH))),
                ready -> relays().forEach(RelayServer::start));
        BackendRole role = new BackendRole(
                self,
                settings.get(NodeSettings.TEST_USERNAME)
                        .filter(TestUser::isOfOneBackend)
                        .map(user -> user.on(self)),
                side::arrive,
                routes,
                backend -> topology.backend(backend).map(Backend::host),
                () -> topology.localSite().map(Site::id),
                addresses,
                fields,
                sockets.authUserdb(),
                registry);
        this.relays = List.of(
                sockets.login(role.logins()),
                sockets.backendLookups(role.lookups()),
                sockets.mailProcesses(role.mailProcesses()));
        OwnershipGauges.register(registry, this::status);
        this.failover = new Failover(
                new Failover.Setup(
                        config.policy(),
                        config.timings(),
                        config.failoverDamping(),
                        settings.get(NodeSettings.STORAGE) == Storage.SHARED,
                        GroupOfDeathSettings.rules(settings)),
                new Failover.Parts(
                        loop,
                        geoDb,
                        topology,
                        self,
                        () -> side.ownership().filter(Ownership::holdsLease).isPresent(),
                        peers.electors(),
                        peers::seeToElectorate,
                        config.fence().map(hook -> new FenceCommand(hook.command(), hook.timeout(), flushes)),
                        seen),
                new FailoverMetrics(registry));
        this.sites = new SiteFailoverDriver(
                geoDb,
                topology,
                routes.takeovers(),
                new Departures(cluster, new Audit("failover of sites by " + self)),
                new SiteFailoverDriver.Setup(
                        settings.get(SitesSettings.FAILOVER) == SitesSettings.SiteFailoverMode.AUTOMATIC,
                        settings.get(SitesSettings.MOVE_RATE),
                        settings.get(NodeSettings.USERNAME_HASH),
                        SitesSettings.setup(settings)),
                failover::hasDuty,
                clock::now);
        OwnershipConfig.HangWatch watched = config.hangWatch();
        this.hangWatch = new HangWatch(
                new HangWatch.Setup(watched.interval(), watched.timeout(), watched.failures(), watched.kills()),
                new HangWatch.Parts(
                        () -> side.serving().map(report -> new HangWatch.Running(report.starts(), report.dovecotPid())),
                        sockets.authUserdb(),
                        () -> imapOf(self, settings, addresses),
                        side::killDovecot),
                registry);
    }

    /** Where this backend's own Dovecot greets without TLS. */
    private static Optional<InetSocketAddress> imapOf(HostName self, Settings settings, HostAddresses addresses) {
        BackendTls tls = settings.get(NodeSettings.BACKEND_SSL);
        if (tls == BackendTls.SSL) {
            return Optional.empty();
        }
        int port = NodeSettings.backendPorts(settings)
                .getOrDefault(MailProtocol.IMAP, tls.customaryPort(MailProtocol.IMAP));
        return Optional.ofNullable(addresses
                        .find(self.value())
                        .toCompletableFuture()
                        .exceptionally(failure -> null)
                        .getNow(null))
                .map(address -> new InetSocketAddress(address, port));
    }

    private record Places(Routes routes) implements UnknownPlaces {

        @Override
        public Optional<GroupId> usual(UserKey user) {
            return routes.usualGroup(user);
        }

        @Override
        public CompletionStage<?> place(UserKey user, Optional<String> tag) {
            return routes.place(user, tag);
        }

        @Override
        public CompletionStage<?> place(GroupId group) {
            return routes.place(group);
        }
    }

    private FlushHook flush(OwnershipConfig config) {
        FlushHook command = config.flush()
                .<FlushHook>map(hook -> new FlushCommand(hook.command(), hook.timeout(), flushes))
                .orElse(FlushHook.NONE);
        return new SettleThenFlush(config.settleTime(), command);
    }

    private static ExecutorService flushThreads(int most) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "pombal-flush");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    List<RelayServer> relays() {
        return requireNonNull(relays, "not assembled yet");
    }

    BackendSide side() {
        return side;
    }

    /** What this node does for its peers. */
    Owner owner() {
        return Owner.of(side, failover);
    }

    /** The nodes that hear from this one. */
    private final class Told implements Neighbors {

        private final Peers peers;
        private final Topology topology;

        Told(Peers peers, Topology topology) {
            this.peers = peers;
            this.topology = topology;
        }

        @Override
        public void arrived(BackendId backend, GroupId group, UserKey user) {
            peers.arrived(backend, group, user);
        }

        @Override
        public void released(BackendId self) {
            // Who led may have been this node: then another is to lead at once.
            topology.localSite().ifPresent(site -> topology.backends().stream()
                    .filter(backend -> !backend.id().equals(self))
                    .forEach(told -> peers.released(site.id(), self, VoterId.ofBackend(told.host()))));
        }

        @Override
        public void trustChanged() {
            failover.ownLeaseChanged();
        }
    }

    /** What each group that this backend owns gave it to do since the call before; nothing while it owns none. */
    CompletionStage<Map<GroupId, Sample>> samples() {
        return side.ownership().map(Ownership::samples).orElseGet(() -> CompletableFuture.completedFuture(Map.of()));
    }

    /** Rows of groups were read. */
    void groupsSeen(List<UserGroup> rows) {
        side.groupsSeen(rows);
    }

    OwnershipStatus status() {
        return side.ownership().map(Ownership::status).orElse(OwnershipStatus.NONE);
    }

    /** @throws IOException if another process of this node runs */
    void start() throws IOException {
        side.start();
        failover.start();
        sites.start();
        hangWatch.start();
    }

    void stop(Duration patience) throws InterruptedException {
        for (RelayServer relay : relays) {
            relay.stop(patience);
        }
        hangWatch.close();
        sites.close();
        failover.stop();
        side.close();
        flushes.shutdownNow();
        // What is being done is done; nothing new is begun.
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.later(() -> done.complete(null));
        try {
            done.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("the ownership loop is busy", e);
        }
    }

    Optional<String> obstacle() {
        return side.obstacle().or(hangWatch::obstacle);
    }
}
