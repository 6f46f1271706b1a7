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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.User;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.backend.BackendRole;
import org.pombal.node.cache.RouteCache;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.FakeAuth;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.LinePeer;
import org.pombal.node.relay.RelayMetrics;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.relay.Relays;
import org.pombal.node.relay.Transport;
import org.pombal.node.routing.Routes;
import org.pombal.node.routing.Routing;
import org.pombal.node.routing.RoutingMetrics;
import org.pombal.node.routing.UnknownUsers;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;

/** What a backend's node says on the wire; lines are shown with '|' for TAB. */
@Timeout(60)
class BackendWireTest {

    private static final String LOGIN = "AUTH|1|PLAIN|service=imap|session=s|resp=" + plain("x", "pw");
    private static final String LOGIN_24 = "AUTH|1|PLAIN|protocol=imap|session=s|resp=" + plain("x", "pw");

    private static final int GROUPS = 10;

    @TempDir
    Path base;

    private final TestCluster cluster = new TestCluster();
    private final Topology topology = new Topology("here");
    private final BackendMemory memory = new BackendMemory(new RouteCache(1000));
    private final HostAddresses addresses = new HostAddresses(BackendWireTest::resolve, Duration.ofHours(1));
    private final EventLoopGroup eventLoops = Transport.EPOLL.newGroup("test-relay", 1);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private Backend b1;
    private Backend b2;
    private BackendRole role;
    private @Nullable RelayServer relay;

    @BeforeEach
    void aBackendOfTwo() throws Exception {
        b1 = cluster.online("b1.test");
        b2 = cluster.online("b2.test");
        role = role(UnknownUsers.PLACE);
        home("mine", 1, b1);
        home("foreign", 2, b2);
    }

    private BackendRole role(UnknownUsers unknownUsers) throws Exception {
        new TopologySync(cluster.geoDb, topology, memory, cluster.clock).step();
        PrometheusRegistry registry = new PrometheusRegistry();
        Routes routes = new Routing(UsernameHash.WHOLE_NAME, GROUPS, unknownUsers, 1000)
                .assemble(cluster.geoDb, topology, memory, group -> {}, new RoutingMetrics(registry));
        DestinationFields fields = new DestinationFields(BackendTls.NO, Map.of());
        return new BackendRole(b1.host(), routes, addresses, fields, base.resolve("auth"), registry);
    }

    private void home(String user, int group, Backend owner) {
        GroupId id = group(group, owner);
        TestCluster.applied(cluster.geoDb.users().createIfAbsent(User.firstSeen(new UserKey(user), id)));
    }

    private GroupId group(int number, Backend owner) {
        GroupId id = GroupId.numbered(cluster.here.id(), number);
        TestCluster.applied(cluster.geoDb.groups().createIfAbsent(UserGroup.placed(id, owner.id(), Optional.empty())));
        return id;
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopRelay();
        addresses.close();
        scheduler.shutdownNow();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void stopRelay() throws InterruptedException {
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

    private static String plain(String user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A Dovecot process and the auth that it is relayed to. */
    private record Line(FakeAuth auth, LinePeer client, LinePeer server) implements AutoCloseable {

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

    private Line logins() throws IOException {
        return line(role.logins());
    }

    private Line lookups() throws IOException {
        return line(role.lookups());
    }

    private Line mailProcesses() throws IOException {
        return line(role.mailProcesses());
    }

    private Line line(Judge judge) throws IOException {
        Path ours = base.resolve("login/pombal/cluster");
        Path theirs = base.resolve("auth");
        Files.createDirectories(base.resolve("login"));
        RelayServer started = new Relays(
                        Transport.EPOLL, eventLoops, scheduler, new RelayMetrics(new PrometheusRegistry()))
                .server("test", ours, PosixFilePermissions.fromString("rw-rw-rw-"), theirs, judge);
        FakeAuth auth = new FakeAuth(theirs);
        relay = started;
        started.start();
        LinePeer client = LinePeer.connect(ours);
        LinePeer server = auth.accept();
        return new Line(auth, client, server);
    }

    @Test
    void ownUsersPassByteForByte() throws Exception {
        try (Line line = logins()) {
            String reply = "OK|1|user=mine|original_user=Mine|x=\001t";
            assertThat(line.exchange(LOGIN, reply).client().receive()).isEqualTo(reply);
        }
    }

    @Test
    void aForeignUserOfA23BackendIsProxiedOnWithHisPasswordAndAuthForgetsHim() throws Exception {
        try (Line line = logins()) {
            assertThat(line.exchange(LOGIN, "OK|1|user=foreign").client().receive())
                    .isEqualTo("OK|1|user=foreign|proxy|destuser=x|pass=pw"
                            + "|host=b2.test|hostip=127.0.0.12|port=143|forward_pombal=via:b1.test");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }

    @Test
    void soIsOneWhosePasswordCameAfterAChallenge() throws Exception {
        try (Line line = logins()) {
            line.exchange("AUTH|1|PLAIN|service=imap", "CONT|1|");
            assertThat(line.client().receive()).isEqualTo("CONT|1|");
            line.exchange("CONT|1|" + plain("x", "later"), "OK|1|user=foreign");
            assertThat(line.client().receive()).contains("|destuser=x|pass=later|");
        }
    }

    @Test
    void aProxyThatFollowsReferralsIsReferred() throws Exception {
        try (Line line = logins()) {
            assertThat(line.exchange(LOGIN_24 + "|forward_fields=pombal=referrals", "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|nologin|host=127.0.0.12|port=143");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }

    @Test
    void anotherMechanismGetsATemporaryFailure() throws Exception {
        try (Line line = logins()) {
            assertThat(line.exchange("AUTH|1|CRAM-MD5|service=imap|resp=" + plain("x", "pw"), "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=foreign|code=temp_fail");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }

    @Test
    void whatABackendSentOnIsNotSentBack() throws Exception {
        try (Line line = logins()) {
            assertThat(line.exchange(LOGIN + "|forward_fields=pombal=via:b2.test", "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=foreign|code=temp_fail");
        }
    }

    @Test
    void refusalsAndWhatThePassdbSaysAboutAnotherHostPass() throws Exception {
        try (Line line = logins()) {
            assertThat(line.exchange(LOGIN, "FAIL|1|user=foreign").client().receive())
                    .isEqualTo("FAIL|1|user=foreign");
            assertThat(line.exchange(LOGIN, "OK|1|user=foreign|proxy|host=b9|pass=p")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|proxy|host=b9|pass=p");
            assertThat(line.exchange(LOGIN, "OK|1|user=foreign|nologin|reason=closed")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|nologin|reason=closed");
        }
    }

    @Test
    void aPinnedUserPassesAndSoDoWhatAsksAboutHimLater() throws Exception {
        try (Line line = logins()) {
            line.exchange(LOGIN + "|forward_fields=pombal=pinned", "OK|1|user=foreign");
            assertThat(line.client().receive()).isEqualTo("OK|1|user=foreign");
        }
        stopRelay();
        try (Line line = lookups()) {
            line.exchange("USER|1|foreign|service=indexer-worker", "USER|1|foreign|uid=0");
            assertThat(line.client().receive()).startsWith("USER|1|foreign");
        }
    }

    @Test
    void aMailProcessIsJudgedAgainAndItsPidIsKeptFromAuth() throws Exception {
        try (Line line = mailProcesses()) {
            line.client().send("REQUEST|5|100|1|00ff|session_pid=77|request_auth_token");
            assertThat(line.server().receive()).isEqualTo("REQUEST|5|100|1|00ff|request_auth_token");
            line.server().send("USER|5|mine|uid=0");
            assertThat(line.client().receive()).isEqualTo("USER|5|mine|uid=0");

            line.exchange("REQUEST|6|100|2|00ff|session_pid=77", "USER|6|foreign|uid=0");
            assertThat(line.client().receive()).isEqualTo("FAIL|6|user=foreign|code=temp_fail");

            // A request that auth does not know any more.
            line.exchange("REQUEST|7|100|9|00ff|session_pid=77", "FAIL|7");
            assertThat(line.client().receive()).isEqualTo("FAIL|7");
        }
        assertThat(role.pidsOf(new UserKey("mine")))
                .containsExactly((int) ProcessHandle.current().pid());
        assertThat(role.pidsOf(new UserKey("foreign"))).isEmpty();
    }

    @Test
    void nothingPrecedesTheHandshake() throws Exception {
        try (Line line = lookups()) {
            line.client().sendRaw("VERSION|1|0\nUSER|1|foreign|service=lmtp\n");
            assertThat(line.server().receive(2)).hasSize(2);
            line.server().sendRaw("VERSION|1|1\nSPID|9\nUSER|1|foreign|uid=0\n");
            assertThat(line.client().receive(3))
                    .containsExactly("VERSION|1|1", "SPID|9", "FAIL|1|user=foreign|code=temp_fail");
        }
    }

    @Test
    void deliveriesAreSentOnAndLookupsOfForeignUsersRefused() throws Exception {
        try (Line line = lookups()) {
            line.exchange("PASS|1|foreign|service=lmtp", "PASS|1|user=foreign");
            assertThat(line.client().receive())
                    .isEqualTo("PASS|1|user=foreign|proxy|host=b2.test|hostip=127.0.0.12|port=24"
                            + "|forward_pombal=via:b1.test");
            line.exchange("USER|2|foreign|service=lmtp", "USER|2|foreign|uid=0");
            assertThat(line.client().receive()).isEqualTo("FAIL|2|user=foreign|code=temp_fail");
            line.exchange("USER|3|mine|service=lmtp", "USER|3|mine|uid=0");
            assertThat(line.client().receive()).isEqualTo("USER|3|mine|uid=0");
            line.exchange("USER|4|gone|service=lmtp", "NOTFOUND|4");
            assertThat(line.client().receive()).isEqualTo("NOTFOUND|4");
        }
    }

    @Test
    void aListHoldsThisBackendsUsersAndPlacesNobody() throws Exception {
        try (Line line = lookups()) {
            line.exchange("LIST|1|service=doveadm", "LIST|1|foreign", "LIST|1|mine", "LIST|1|unknown", "DONE|1|");
            List<String> lines = new ArrayList<>();
            do {
                lines.add(line.client().receive());
            } while (!lines.get(lines.size() - 1).startsWith("DONE"));

            assertThat(lines).contains("LIST|1|mine").doesNotContain("LIST|1|foreign");
            assertThat(lines).last().isEqualTo("DONE|1|");
        }
        assertThat(TestCluster.get(cluster.geoDb.users().find(new UserKey("unknown"), ReadLevel.QUORUM)))
                .isEmpty();
    }

    @Test
    void aLongListIsCompleteAndInOneEnd() throws Exception {
        int users = 2_000;
        for (int number = 3; number <= GROUPS; number++) {
            group(number, number % 2 == 0 ? b2 : b1);
        }
        try (Line line = lookups()) {
            line.exchange("LIST|1|service=doveadm");
            // Beside the reader: neither side is read faster than the other takes it.
            Future<?> auth = scheduler.submit(() -> sendList(line.server(), users));
            long mine = 0;
            while (line.client().receive(1).get(0).startsWith("LIST")) {
                mine++;
            }
            assertThat(mine).isBetween(users / 4L, users * 3L / 4);
            auth.get();
        }
    }

    private static Object sendList(LinePeer auth, int users) throws IOException {
        for (int i = 0; i < users; i++) {
            auth.send("LIST|1|user" + i);
        }
        auth.send("DONE|1|");
        return users;
    }

    @Test
    void withoutGeoDbThoseInMemoryAreServedOrSentOnAndOthersGetATemporaryFailure() throws Exception {
        try (Line line = logins()) {
            line.exchange(LOGIN, "OK|1|user=mine").client().receive();
            line.exchange(LOGIN, "OK|1|user=foreign").client().receive();
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
            cluster.fault = new Fault.Unavailable();

            assertThat(line.exchange(LOGIN, "OK|1|user=mine").client().receive())
                    .isEqualTo("OK|1|user=mine");
            assertThat(line.exchange(LOGIN, "OK|1|user=foreign").client().receive())
                    .contains("|proxy|");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
            assertThat(line.exchange(LOGIN + "|forward_fields=pombal=via:b7.test", "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=foreign|code=temp_fail");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
            assertThat(line.exchange(LOGIN, "OK|1|user=unknown").client().receive())
                    .isEqualTo("FAIL|1|user=unknown|code=temp_fail");
        }
        stopRelay();
        try (Line line = lookups()) {
            line.exchange("LIST|1|service=doveadm", "LIST|1|mine", "LIST|1|unknown", "DONE|1|");
            assertThat(line.client().receive()).isEqualTo("LIST|1|mine");
            assertThat(line.client().receive()).as("a list that lacks users").isEqualTo("DONE|1|fail");
        }
    }

    @Test
    void unknownUsersAreRefusedWhereTheyMustNotBePlaced() throws Exception {
        role = role(UnknownUsers.REFUSE);
        try (Line line = logins()) {
            assertThat(line.exchange(LOGIN, "OK|1|user=unknown").client().receive())
                    .isEqualTo("FAIL|1|user=unknown|code=temp_fail");
        }
        assertThat(TestCluster.get(cluster.geoDb.users().find(new UserKey("unknown"), ReadLevel.QUORUM)))
                .isEmpty();
    }

    @Test
    void aNameThatNobodyCanHaveIsNoUser() throws Exception {
        try (Line line = logins()) {
            assertThat(line.exchange(LOGIN, "OK|1|user=\u00ff").client().receive())
                    .isEqualTo("FAIL|1");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }
}
