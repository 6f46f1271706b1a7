package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.backend.BackendRole;
import org.pombal.node.cache.RouteCache;
import org.pombal.node.ownership.TestBackend;
import org.pombal.node.ownership.UnknownPlaces;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.BoundSocket;
import org.pombal.node.relay.FakeAuth;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.LinePeer;
import org.pombal.node.relay.RelayMetrics;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.relay.Relays;
import org.pombal.node.relay.SocketFile;
import org.pombal.node.relay.Transport;
import org.pombal.node.routing.Routes;
import org.pombal.node.routing.Routing;
import org.pombal.node.routing.RoutingMetrics;
import org.pombal.node.routing.UnknownUsers;
import org.pombal.node.session.ProcessId;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;

/**
 * A backend's node at its sockets, with Dovecot's processes on one side and auth on the other; there is another backend.
 * The users {@code mine} and {@code foreign} have their homes here and there.
 */
final class BackendWire implements AutoCloseable {

    /** What a login process of 2.3 asks. */
    static final String LOGIN = "AUTH|1|PLAIN|service=imap|session=s|resp=" + plain("x", "pw");

    static final int GROUPS = 10;

    final TestCluster cluster = new TestCluster();
    final Backend b1 = cluster.online("b1.test");
    final Backend b2 = cluster.online("b2.test");
    private final Path base;
    private final Topology topology = new Topology("here");
    private final BackendMemory memory = new BackendMemory(new RouteCache(1000), rows -> {});
    private final HostAddresses addresses = new HostAddresses(BackendWire::resolve, Duration.ofHours(1));
    private final EventLoopGroup eventLoops = Transport.EPOLL.newGroup("test-relay", 1);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    final TestBackend backend;
    private final BackendRole role;
    private @Nullable RelayServer relay;

    /** @param base a folder for the sockets */
    BackendWire(Path base, UnknownUsers unknownUsers) throws Exception {
        this.base = base;
        new TopologySync(cluster.geoDb, topology, memory, cluster.clock).step();
        PrometheusRegistry registry = new PrometheusRegistry();
        Routes routes = new Routing(UsernameHash.WHOLE_NAME, GROUPS, unknownUsers, 1000)
                .assemble(cluster.geoDb, topology, memory, group -> {}, new RoutingMetrics(registry));
        DestinationFields fields = new DestinationFields(BackendTls.NO, Map.of());
        home("mine", 1, b1);
        home("foreign", 2, b2);
        backend = new TestBackend(cluster.geoDb, topology, b1, base, new Places(routes), (to, group, user) -> {});
        role = new BackendRole(
                b1.host(),
                Optional.of(new UserKey("probe-b1.example.org")),
                backend.ownership::arrive,
                routes,
                id -> topology.backend(id).map(Backend::host),
                () -> topology.localSite().map(Site::id),
                addresses,
                fields,
                base.resolve("auth"),
                registry);
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

    private void home(String user, int group, Backend owner) {
        GroupId id = group(group, owner);
        TestCluster.applied(cluster.geoDb.users().createIfAbsent(User.firstSeen(new UserKey(user), id)));
    }

    /** Gives a group to a backend. */
    GroupId group(int number, Backend owner) {
        GroupId id = GroupId.numbered(cluster.here.id(), number);
        TestCluster.applied(cluster.geoDb.groups().createIfAbsent(UserGroup.placed(id, owner.id(), Optional.empty())));
        return id;
    }

    @Override
    public void close() throws InterruptedException {
        stopRelay();
        backend.close();
        addresses.close();
        scheduler.shutdownNow();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Ends the lines there are. */
    void stopRelay() throws InterruptedException {
        if (relay != null) {
            relay.stop(Duration.ZERO);
        }
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "b1.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.11")};
            case "b2.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.12")};
            default -> throw new UnknownHostException(host);
        };
    }

    /** What a client says by the mechanism PLAIN. */
    static String plain(String user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A Dovecot process and the auth that it is relayed to. */
    record Line(FakeAuth auth, LinePeer client, LinePeer server) implements AutoCloseable {

        /** Asks, and lets auth answer. */
        Line exchange(String request, String... replies) throws IOException {
            client.send(request);
            assertThat(server.receive()).isNotNull();
            for (String reply : replies) {
                server.send(reply);
            }
            return this;
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
            auth.close();
        }
    }

    Line logins() throws IOException {
        return line(role.logins());
    }

    Line lookups() throws IOException {
        return line(role.lookups());
    }

    Line mailProcesses() throws IOException {
        return line(role.mailProcesses());
    }

    /** The processes that are counted. */
    List<Integer> pids() {
        return backend.processes.taken.stream().map(ProcessId::pid).toList();
    }

    /** Whether GeoDB has a row of this user. */
    boolean isKnown(String user) {
        return TestCluster.get(cluster.geoDb.users().find(new UserKey(user), ReadLevel.QUORUM))
                .isPresent();
    }

    private Line line(Judge judge) throws IOException {
        Path ours = base.resolve("login/pombal/cluster");
        Path theirs = base.resolve("auth");
        Files.createDirectories(base.resolve("login"));
        RelayServer started = new Relays(
                        Transport.EPOLL,
                        eventLoops,
                        file -> new BoundSocket(file, Transport.EPOLL, scheduler),
                        new RelayMetrics(new PrometheusRegistry()))
                .server("test", new SocketFile(ours, PosixFilePermissions.fromString("rw-rw-rw-")), theirs, judge);
        FakeAuth auth = new FakeAuth(theirs);
        relay = started;
        started.start();
        LinePeer client = LinePeer.connect(ours);
        LinePeer server = auth.accept();
        return new Line(auth, client, server);
    }
}
