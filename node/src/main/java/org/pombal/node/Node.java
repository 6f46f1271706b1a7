package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeRole;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.model.vote.VoterId;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.cache.RouteCache;
import org.pombal.node.check.SetupWatch;
import org.pombal.node.doveadm.Execution;
import org.pombal.node.guardian.BootClock;
import org.pombal.node.guardian.GuardianFolder;
import org.pombal.node.guardian.KeptSockets;
import org.pombal.node.http.StatusServer;
import org.pombal.node.load.LoadReporter;
import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.localdb.LocalDbSettings;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.peer.PeerAddress;
import org.pombal.node.peer.PeerKey;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.BoundSocket;
import org.pombal.node.relay.ListeningSocket;
import org.pombal.node.relay.RelayMetrics;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.relay.Relays;
import org.pombal.node.relay.SocketFile;
import org.pombal.node.relay.Transport;
import org.pombal.node.report.NodeReporter;
import org.pombal.node.report.ReportedNode;
import org.pombal.node.routing.Destinations;
import org.pombal.node.routing.Routes;
import org.pombal.node.routing.Routing;
import org.pombal.node.routing.RoutingMetrics;
import org.pombal.node.testlogin.TestLogins;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;
import org.pombal.node.topology.TopologyWatch;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon beside a Dovecot proxy or backend, put together from its settings. Beside a proxy it serves known users from
 * what it kept as soon as it has started, whether GeoDB answers or not.
 */
public final class Node {

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** How long answers that are being looked up may take when the node stops. */
    private static final Duration STOP_PATIENCE = Destinations.PATIENCE.plusSeconds(1);

    /** The exit code after an internal error: what is remembered cannot be relied on, and the next process begins anew. */
    private static final int EXIT_SOFTWARE = 70;

    private final Settings settings;
    private final PrometheusRegistry registry;
    private final Topology topology;
    private final Memory memory;
    private final TopologyWatch watch;
    private final SetupWatch setupWatch;
    private final HostAddresses addresses;
    private final EventLoopGroup eventLoops;
    private final EventLoopGroup httpLoop;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pombal-sockets");
        thread.setDaemon(true);
        return thread;
    });
    private final List<RelayServer> relays;
    private final Optional<OwnershipLoop> loop;
    private final Optional<PeerAssembly> peers;
    private volatile @Nullable BackendAssembly backend;
    private final Optional<ProxyAssembly> proxy;
    private final CommandApi commands;
    private final Execution execution;
    private final NodeReporter reporter;
    private final Optional<LoadReporter> loads;
    private final Optional<TestLogins> testLogins;
    private final ThreadPoolExecutor commandThreads = CommandApi.threads();
    private @Nullable LocalDb localDb;
    private final Transport transport = Transport.EPOLL;
    private volatile boolean stopping;
    private @Nullable StatusServer statusServer;

    /**
     * A node that is not started.
     *
     * @param settings with the values of {@link NodeSettings}
     * @param geoDb need not answer yet; is closed by the caller
     * @param registry of what the node's port for metrics shows
     * @throws IOException if this machine does not tell what a backend has to know of it
     */
    public Node(Settings settings, GeoDb geoDb, PrometheusRegistry registry) throws IOException {
        this.settings = requireNonNull(settings, "settings is null");
        this.registry = requireNonNull(registry, "registry is null");
        // Netty's library takes its time to load, and so does SQLite's: both at once.
        new Thread(transport::load, "pombal-transport-load").start();
        this.topology = new Topology(settings.get(SiteSettings.LOCAL_SITE));
        RouteCache cache = new RouteCache(settings.get(NodeSettings.ROUTE_CACHE_USERS));
        NodeGauges gauges = new NodeGauges(registry);
        gauges.register(cache, topology, this::isInStep);
        this.memory = memory(cache, gauges);
        KeptTopology earlier = memory.earlier();
        topology.load(earlier.sites(), earlier.tags(), earlier.backends(), earlier.groups());
        this.watch = new TopologyWatch(new TopologySync(geoDb, topology, memory, InstantSource.system()));
        this.addresses =
                new HostAddresses(NodeSetup.nameService(settings), settings.get(NodeSettings.RESOLVE_INTERVAL));
        this.setupWatch = new SetupWatch(
                NodeSetup.check(settings), geoDb, () -> isInStep() && obstacle().isEmpty());
        gauges.register(setupWatch);
        this.eventLoops = transport.newGroup("pombal-relay", settings.get(NodeSettings.EVENT_LOOPS));
        this.httpLoop = transport.newGroup("pombal-http", 1);
        Routes routes = routes(geoDb);
        DovecotSockets sockets = new DovecotSockets(
                settings.get(NodeSettings.DOVECOT_BASE_DIR),
                new Relays(transport, eventLoops, listeningSockets(), new RelayMetrics(registry)));
        DestinationFields fields =
                new DestinationFields(settings.get(NodeSettings.BACKEND_SSL), NodeSettings.backendPorts(settings));
        ReportedNode reported = NodeReports.node(settings);
        Optional<PeerKey> key = PeerSettings.key(settings);
        BootClock clock = BootClock.ofThisMachine();
        this.loop = key.map(given -> new OwnershipLoop(clock::now, Node::end));
        this.peers = key.map(given -> peers(given, reported, loop.orElseThrow(), geoDb));
        this.testLogins = NodeReports.testLogins(settings, reported, topology, addresses, registry);
        Optional<HostName> self = settings.get(NodeSettings.BACKEND_NAME);
        if (self.isPresent()) {
            BackendAssembly assembled = new BackendAssembly(
                    settings,
                    self.get(),
                    loop.orElseThrow(),
                    clock,
                    peers.orElseThrow(),
                    geoDb,
                    topology,
                    routes,
                    addresses,
                    sockets,
                    fields,
                    eventLoops,
                    row -> memory.groups(List.of(topology.learn(row))),
                    registry);
            this.backend = assembled;
            this.relays = assembled.relays();
            this.proxy = Optional.empty();
        } else {
            ProxyAssembly assembled = new ProxyAssembly(
                    settings, reported.name(), peers, geoDb, topology, routes, addresses, testLogins, sockets, fields);
            this.proxy = Optional.of(assembled);
            this.relays = assembled.relays();
        }
        this.loads = self.map(name -> NodeReports.loads(settings, name, geoDb, topology, this::samples));
        loads.ifPresent(reports -> reports.register(registry));
        this.commands = new CommandApi(settings, transport, httpLoop);
        CommandMemory remembered = new CommandMemory(
                topology, memory, Optional.ofNullable(localDb), watch, InstantSource.system(), commandThreads);
        this.execution = commands.execution(geoDb, remembered, addresses, scheduler, commandThreads);
        this.reporter =
                NodeReports.reporter(settings, reported, geoDb, topology, addresses, watch, testLogins, commandThreads);
    }

    private PeerAssembly peers(PeerKey key, ReportedNode self, OwnershipLoop on, GeoDb geoDb) {
        return new PeerAssembly(
                settings,
                key,
                self.role() == NodeRole.BACKEND ? VoterId.ofBackend(self.name()) : VoterId.ofProxy(self.name()),
                PeerAddress.parse(self.peer().orElseThrow()),
                on,
                geoDb,
                topology,
                addresses,
                transport,
                httpLoop,
                registry);
    }

    private static void end(Throwable bug) {
        log.error(
                "the node ends because of an internal error; sessions go on, and the next process takes them over",
                bug);
        Runtime.getRuntime().halt(EXIT_SOFTWARE);
    }

    private Memory memory(RouteCache cache, NodeGauges gauges) {
        if (settings.get(NodeSettings.BACKEND_NAME).isPresent()) {
            return new BackendMemory(cache, this::groupsSeen);
        }
        LocalDb opened = LocalDb.open(LocalDbSettings.in(settings.get(NodeSettings.STATE_DIR)), () -> toKeep(topology));
        localDb = opened;
        gauges.register(opened);
        return new ProxyMemory(cache, opened, this::isInStep);
    }

    private void groupsSeen(List<UserGroup> rows) {
        BackendAssembly current = backend;
        if (current != null) {
            current.groupsSeen(rows);
        }
    }

    private CompletionStage<Map<GroupId, Sample>> samples() {
        BackendAssembly current = backend;
        return current == null ? CompletableFuture.completedFuture(Map.of()) : current.samples();
    }

    /** What the LocalDB gets when it is begun anew. */
    private static KeptTopology toKeep(Topology topology) {
        return new KeptTopology(
                List.copyOf(topology.sites()),
                topology.tags(),
                List.copyOf(topology.backends()),
                topology.groups().toList());
    }

    private boolean isInStep() {
        return watch.state() == TopologyWatch.State.IN_STEP;
    }

    private Routes routes(GeoDb geoDb) {
        return new Routing(
                        settings.get(NodeSettings.USERNAME_HASH),
                        settings.get(SiteSettings.DEFAULT_GROUP_COUNT),
                        NodeSettings.unknownUsers(settings),
                        settings.get(NodeSettings.MAX_USER_CREATIONS))
                .assemble(
                        geoDb, topology, memory, group -> memory.groups(List.of(group)), new RoutingMetrics(registry));
    }

    private Function<SocketFile, ListeningSocket> listeningSockets() {
        return settings.get(NodeSettings.GUARDIAN_DIR)
                .map(GuardianFolder::new)
                .<Function<SocketFile, ListeningSocket>>map(
                        guardian -> new KeptSockets(guardian.descriptors(), eventLoops)::socket)
                .orElse(file -> new BoundSocket(file, transport, scheduler));
    }

    /**
     * Starts everything; returns as soon as known users can be served.
     *
     * @throws IOException if the HTTP address, or that of the doveadm API, cannot be bound
     */
    public void start() throws IOException {
        statusServer = StatusServer.start(
                settings.get(NodeSettings.HTTP_LISTEN).toSocketAddress(),
                transport,
                httpLoop,
                registry,
                this::obstacle);
        commands.start(execution);
        watch.start();
        BackendAssembly beside = backend;
        if (beside != null) {
            // Its sockets open when it is known whose the processes are that live on.
            beside.start();
            peers.orElseThrow().start(Optional.of(beside.owner()));
        } else {
            if (peers.isPresent()) {
                peers.get().start(Optional.empty());
            }
            proxy.ifPresent(parts -> parts.start(scheduler));
        }
        setupWatch.start();
        reporter.start(scheduler, new Random());
        loads.ifPresent(reports -> reports.start(scheduler));
        testLogins.ifPresent(logins -> logins.start(scheduler));
        // Last, because the JVM's own beans take longer to load than all of the above.
        JvmFigures.register(registry);
        log.info(
                "node for {} of site {} started; status on http://{}/",
                settings.get(NodeSettings.BACKEND_NAME)
                        .map(name -> "backend " + name)
                        .orElse("a proxy"),
                topology.localSiteName(),
                settings.get(NodeSettings.HTTP_LISTEN));
    }

    /** The HTTP address, with the real port; empty before the start. */
    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(statusServer).map(StatusServer::address);
    }

    /** The TCP address of the doveadm API, with the real port; empty without one and before the start. */
    public Optional<InetSocketAddress> doveadmAddress() {
        return commands.address();
    }

    private Optional<String> obstacle() {
        if (stopping) {
            return Optional.of("stopping");
        }
        BackendAssembly beside = backend;
        Optional<String> served = beside == null ? Optional.empty() : beside.obstacle();
        if (served.isPresent()) {
            return served;
        }
        Optional<String> socket =
                relays.stream().flatMap(relay -> relay.obstacle().stream()).findFirst();
        if (socket.isPresent()) {
            return socket;
        }
        if (topology.localSite().isEmpty()) {
            return Optional.of(
                    watch.state() == TopologyWatch.State.IN_STEP
                            ? "site " + topology.localSiteName() + " is not in GeoDB"
                            : "GeoDB has not answered yet and nothing was kept from an earlier run");
        }
        return Optional.empty();
    }

    /** Takes no further requests, finishes those that are open, and ends. */
    public void stop() throws InterruptedException {
        stopping = true;
        BackendAssembly beside = backend;
        if (beside != null) {
            beside.stop(STOP_PATIENCE);
        }
        if (proxy.isPresent()) {
            proxy.get().stop(STOP_PATIENCE);
        }
        peers.ifPresent(PeerAssembly::stop);
        loop.ifPresent(OwnershipLoop::close);
        commands.stop();
        commandThreads.shutdownNow();
        setupWatch.close();
        watch.stop();
        memory.stop();
        addresses.close();
        testLogins.ifPresent(TestLogins::close);
        scheduler.shutdownNow();
        if (statusServer != null) {
            statusServer.stop();
        }
        httpLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        log.info("node stopped");
    }
}
