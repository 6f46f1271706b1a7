package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDb;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.address.HostsFile;
import org.pombal.node.cache.RouteCache;
import org.pombal.node.http.StatusServer;
import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.localdb.LocalDbSettings;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.proxy.ProxyJudge;
import org.pombal.node.proxy.Redirects;
import org.pombal.node.relay.RelayMetrics;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.relay.Transport;
import org.pombal.node.routing.Destination;
import org.pombal.node.routing.Destinations;
import org.pombal.node.routing.Routing;
import org.pombal.node.routing.RoutingMetrics;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;
import org.pombal.node.topology.TopologyWatch;
import org.pombal.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon beside a Dovecot proxy, put together from its settings. It serves known users from what it kept as soon as
 * it has started, whether GeoDB answers or not.
 */
public final class Node {

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** How long answers that are being looked up may take when the node stops. */
    private static final Duration STOP_PATIENCE = Destinations.PATIENCE.plusSeconds(1);

    private final Settings settings;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Topology topology;
    private final LocalDb localDb;
    private final NodeMemory memory;
    private final TopologyWatch watch;
    private final HostAddresses addresses;
    private final EventLoopGroup eventLoops;
    private final EventLoopGroup httpLoop;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pombal-sockets");
        thread.setDaemon(true);
        return thread;
    });
    private final List<RelayServer> relays;
    private final Transport transport = Transport.EPOLL;
    private volatile boolean stopping;
    private @Nullable StatusServer statusServer;

    /**
     * A node that is not started.
     *
     * @param settings with the values of {@link NodeSettings}
     * @param geoDb need not answer yet; is closed by the caller
     */
    public Node(Settings settings, GeoDb geoDb) {
        this.settings = requireNonNull(settings, "settings is null");
        Topology knowledge = new Topology(settings.get(NodeSettings.LOCAL_SITE));
        this.topology = knowledge;
        // SQLite's library takes its time to load, and so does Netty's: both at once.
        FutureTask<LocalDb> opening = new FutureTask<>(
                () -> LocalDb.open(LocalDbSettings.in(settings.get(NodeSettings.STATE_DIR)), () -> toKeep(knowledge)));
        new Thread(opening, "pombal-localdb-open").start();
        this.addresses = new HostAddresses(nameService(settings), settings.get(NodeSettings.RESOLVE_INTERVAL));
        this.eventLoops = transport.newGroup("pombal-relay", settings.get(NodeSettings.EVENT_LOOPS));
        this.httpLoop = transport.newGroup("pombal-http", 1);
        this.localDb = opened(opening);
        KeptTopology kept = localDb.loadTopology();
        topology.load(kept.sites(), kept.tags(), kept.backends(), kept.groups());
        RouteCache cache = new RouteCache(settings.get(NodeSettings.ROUTE_CACHE_USERS));
        this.memory = new NodeMemory(cache, localDb, this::isInStep);
        this.watch = new TopologyWatch(new TopologySync(geoDb, topology, memory, InstantSource.system()));
        this.relays = relays(proxyJudge(geoDb));
        new NodeGauges(registry).register(cache, localDb, topology, this::isInStep);
    }

    private static LocalDb opened(FutureTask<LocalDb> opening) {
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the LocalDB was opened", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("opening the LocalDB never fails", e.getCause());
        }
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

    private static HostAddresses.NameService nameService(Settings settings) {
        HostAddresses.NameService system = InetAddress::getAllByName;
        return settings.get(NodeSettings.HOSTS_FILE)
                .<HostAddresses.NameService>map(file -> new HostsFile(file, system))
                .orElse(system);
    }

    private ProxyJudge proxyJudge(GeoDb geoDb) {
        Destinations destinations = new Routing(
                        settings.get(NodeSettings.USERNAME_HASH),
                        settings.get(NodeSettings.DEFAULT_GROUP_COUNT),
                        settings.get(NodeSettings.MAX_USER_CREATIONS))
                .assemble(
                        geoDb,
                        topology,
                        memory,
                        group -> memory.groups(List.of(group)),
                        addresses,
                        new RoutingMetrics(registry));
        DestinationFields fields =
                new DestinationFields(settings.get(NodeSettings.BACKEND_SSL), NodeSettings.backendPorts(settings));
        return new ProxyJudge(destinations, fields, new Redirects(destinations, this::knownBackends, fields));
    }

    private List<Destination> knownBackends() {
        return topology.backends().stream()
                .flatMap(backend -> {
                    String host = backend.host().value();
                    InetAddress address = addresses.known(host);
                    return address == null ? Stream.empty() : Stream.of(new Destination(host, address));
                })
                .toList();
    }

    private List<RelayServer> relays(ProxyJudge judge) {
        Path base = settings.get(NodeSettings.DOVECOT_BASE_DIR);
        RelayMetrics metrics = new RelayMetrics(registry);
        RelayServer login = new RelayServer(
                "login",
                base.resolve("login/pombal/cluster"),
                // Login processes run as an unprivileged user; the folder above, which is Dovecot's, keeps others out.
                PosixFilePermissions.fromString("rw-rw-rw-"),
                base.resolve("login/login"),
                judge,
                transport,
                eventLoops,
                scheduler,
                metrics);
        RelayServer userdb = new RelayServer(
                "userdb",
                base.resolve("pombal/cluster-userdb"),
                // Auth answers by the rights of who connects, and that is the node: nobody else may ask through it.
                PosixFilePermissions.fromString("rw-------"),
                base.resolve("auth-userdb"),
                judge,
                transport,
                eventLoops,
                scheduler,
                metrics);
        return List.of(login, userdb);
    }

    /**
     * Starts everything; returns as soon as known users can be served.
     *
     * @throws IOException if the HTTP address cannot be bound
     */
    public void start() throws IOException {
        statusServer = StatusServer.start(
                settings.get(NodeSettings.HTTP_LISTEN).toSocketAddress(),
                transport,
                httpLoop,
                registry,
                this::obstacle);
        watch.start();
        relays.forEach(RelayServer::start);
        // Last, because the JVM's own beans take longer to load than all of the above.
        JvmMetrics.builder().register(registry);
        log.info(
                "node for site {} started; status on http://{}/",
                topology.localSiteName(),
                settings.get(NodeSettings.HTTP_LISTEN));
    }

    /** The HTTP address, with the real port; empty before the start. */
    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(statusServer).map(StatusServer::address);
    }

    private Optional<String> obstacle() {
        if (stopping) {
            return Optional.of("stopping");
        }
        if (!relays.stream().allMatch(RelayServer::isListening)) {
            return Optional.of("waiting for Dovecot: its folders below " + settings.get(NodeSettings.DOVECOT_BASE_DIR)
                    + " are not there yet");
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
        for (RelayServer relay : relays) {
            relay.stop(STOP_PATIENCE);
        }
        watch.stop();
        memory.stop();
        localDb.close();
        addresses.close();
        scheduler.shutdownNow();
        if (statusServer != null) {
            statusServer.stop();
        }
        httpLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        log.info("node stopped");
    }
}
