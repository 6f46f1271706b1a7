package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.geodb.GeoDb;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.DoveadmServer;
import org.pombal.node.doveadm.Execution;
import org.pombal.node.doveadm.commands.AccessCommand;
import org.pombal.node.doveadm.commands.BackendCommands;
import org.pombal.node.doveadm.commands.ForceMoveCommands;
import org.pombal.node.doveadm.commands.GroupCommands;
import org.pombal.node.doveadm.commands.KickCommand;
import org.pombal.node.doveadm.commands.LocalDbCommands;
import org.pombal.node.doveadm.commands.NodeMemory;
import org.pombal.node.doveadm.commands.PassedOn;
import org.pombal.node.doveadm.commands.ProxyCommands;
import org.pombal.node.doveadm.commands.Self;
import org.pombal.node.doveadm.commands.SiteCommands;
import org.pombal.node.doveadm.commands.TagCommands;
import org.pombal.node.doveadm.commands.UserCommands;
import org.pombal.node.doveadm.commands.Waiting;
import org.pombal.node.relay.Transport;
import org.pombal.operations.Cluster;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster commands of this node, and where it listens for them. */
final class CommandApi {

    private static final Logger log = LoggerFactory.getLogger(CommandApi.class);
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 1_000;

    private final Settings settings;
    private final DoveadmServer.Sockets sockets;
    private final List<DoveadmServer> servers = new ArrayList<>();

    /** Threads for what blocks (Dovecot's list of users, LocalDB's file) and for answers of Dovecot's doveadm. */
    static ThreadPoolExecutor threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "pombal-commands-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    CommandApi(Settings settings, Transport transport, EventLoopGroup eventLoops) {
        this.settings = requireNonNull(settings, "settings is null");
        this.sockets = new DoveadmServer.Sockets(transport, eventLoops);
    }

    /** All commands, put together. */
    Execution execution(
            GeoDb geoDb,
            NodeMemory memory,
            HostAddresses addresses,
            ScheduledExecutorService scheduler,
            ThreadPoolExecutor threads) {
        Cluster cluster = new Cluster(
                geoDb,
                settings.get(SiteSettings.LOCAL_SITE),
                host -> addresses.find(host.value()).handle((address, failure) -> failure == null),
                InstantSource.system(),
                settings.get(TakeoverSettings.TAKEOVER));
        Self self = new Self(settings.get(SiteSettings.LOCAL_SITE), settings.get(NodeSettings.BACKEND_NAME));
        Waiting waiting = new Waiting(scheduler);
        DovecotDoveadms doveadms = new DovecotDoveadms(settings, addresses, threads);
        Path userdb = settings.get(NodeSettings.DOVECOT_BASE_DIR).resolve("auth-userdb");
        CommandSet commands = new CommandSet();
        new SiteCommands(
                        cluster,
                        self,
                        settings.get(SiteSettings.DEFAULT_GROUP_COUNT),
                        settings.get(SitesSettings.MOVE_RATE))
                .addTo(commands);
        new ForceMoveCommands(cluster).addTo(commands);
        new TagCommands(cluster).addTo(commands);
        new BackendCommands(cluster, self, waiting, doveadms).addTo(commands);
        new GroupCommands(cluster, self, memory, waiting, settings.get(NodeSettings.TEST_USERNAME)).addTo(commands);
        new UserCommands(cluster, memory, waiting).addTo(commands);
        new AccessCommand(cluster, addresses, userdb, threads).addTo(commands);
        new LocalDbCommands(memory).addTo(commands);
        new ProxyCommands(cluster).addTo(commands);
        new KickCommand(cluster, self, doveadms).addTo(commands);
        return new Execution(commands, new PassedOn(cluster, doveadms));
    }

    /**
     * Starts to listen. Mail does not depend on the unix socket, so that one is only missed.
     *
     * @throws IOException if the TCP port was asked for and cannot be had
     */
    void start(Execution execution) throws IOException {
        try {
            servers.add(DoveadmServer.onSocket(settings.get(DoveadmSettings.SOCKET), sockets, execution));
        } catch (IOException e) {
            log.error("commands can only come by cluster_doveadm_listen: {}", e.getMessage());
        }
        Optional<ListenAddress> listen = settings.get(DoveadmSettings.LISTEN);
        if (listen.isPresent()) {
            servers.add(DoveadmServer.onPort(
                    listen.get().toSocketAddress(),
                    sockets,
                    execution,
                    DoveadmSettings.credentials(settings)
                            .orElseThrow(() -> new IOException("cluster_doveadm_listen needs a key or a password")),
                    tls()));
        }
    }

    private Optional<SslContext> tls() throws IOException {
        Optional<Path> certificate = settings.get(DoveadmSettings.TLS_CERTIFICATE);
        Optional<Path> key = settings.get(DoveadmSettings.TLS_KEY);
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SslContextBuilder.forServer(
                            certificate.get().toFile(), key.get().toFile())
                    .build());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cluster_doveadm_tls_cert_file and cluster_doveadm_tls_key_file cannot be used: " + e.getMessage(),
                    e);
        }
    }

    /** The TCP address with its real port, if there is one. */
    Optional<InetSocketAddress> address() {
        return servers.stream().flatMap(server -> server.address().stream()).findFirst();
    }

    void stop() {
        servers.forEach(DoveadmServer::stop);
    }
}
