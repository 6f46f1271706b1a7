package org.pombal.node.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.FakeAuth;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.LinePeer;
import org.pombal.node.relay.RelayMetrics;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.relay.Relays;
import org.pombal.node.relay.SocketFile;
import org.pombal.node.relay.Transport;
import org.pombal.node.relay.Verdict;

/** The node's relays on listening sockets of a real guardian. */
@Timeout(120)
class KeptSocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOGIN = "login/pombal/cluster";
    private static final String LOOKUPS = "pombal/cluster-userdb";

    private static EventLoopGroup eventLoops;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @TempDir
    Path base;

    @BeforeAll
    static void start() {
        eventLoops = Transport.EPOLL.newGroup("test-kept", 2);
    }

    @AfterAll
    static void stop() {
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @BeforeEach
    void startDovecot() throws IOException {
        Files.createDirectories(base.resolve("login"));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        toClose.add(resource);
        return resource;
    }

    private static final class ForwardAll implements Judge {

        @Override
        public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
            return Verdict.FORWARD;
        }
    }

    /** As much of a node as has to do with the sockets. */
    private final class SomeNode implements AutoCloseable {

        private final List<RelayServer> relays = new ArrayList<>();

        SomeNode(Path descriptors, String... sockets) {
            KeptSockets kept = new KeptSockets(descriptors, eventLoops);
            Relays all =
                    new Relays(Transport.EPOLL, eventLoops, kept::socket, new RelayMetrics(new PrometheusRegistry()));
            for (String socket : sockets) {
                SocketFile file = new SocketFile(base.resolve(socket), PosixFilePermissions.fromString("rw-------"));
                relays.add(all.server(socket, file, authOf(socket), new ForwardAll()));
            }
            relays.forEach(RelayServer::start);
        }

        SomeNode awaitReady() {
            await().atMost(PATIENCE).until(() -> relays.stream().allMatch(RelayServer::isListening));
            return this;
        }

        String obstacle() {
            return relays.stream()
                    .flatMap(relay -> relay.obstacle().stream())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public void close() throws InterruptedException {
            for (RelayServer relay : relays) {
                relay.stop(PATIENCE);
            }
        }
    }

    private Path authOf(String socket) {
        return base.resolve("auth-of-" + Path.of(socket).getFileName());
    }

    private TestGuardian guardian(String... sockets) throws IOException {
        List<String> options = Stream.of(sockets)
                .flatMap(socket -> Stream.of("--listen", base.resolve(socket).toString()))
                .toList();
        return closing(TestGuardian.keepingSockets(options));
    }

    private SomeNode node(TestGuardian guardian, String... sockets) {
        return closing(new SomeNode(guardian.folder().descriptors(), sockets)).awaitReady();
    }

    private LinePeer connect(String socket) throws IOException {
        return closing(LinePeer.connect(base.resolve(socket)));
    }

    private void assertServed(String socket, FakeAuth auth) throws IOException {
        try (LinePeer client = LinePeer.connect(base.resolve(socket))) {
            client.send("CPID|1");
            try (LinePeer server = auth.accept()) {
                assertThat(server.receive()).isEqualTo("CPID|1");
                server.send("CUID|2");
                assertThat(client.receive()).isEqualTo("CUID|2");
            }
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void connectionsOnTheGuardiansSocketsAreRelayedWhateverTheirOrder() throws IOException {
        TestGuardian guardian = guardian(LOOKUPS, LOGIN);
        node(guardian, LOGIN, LOOKUPS);
        assertServed(LOGIN, closing(new FakeAuth(authOf(LOGIN))));
        assertServed(LOOKUPS, closing(new FakeAuth(authOf(LOOKUPS))));
    }

    @Test
    void whoConnectsWhileTheNodeIsAwayWaitsForTheNextOne() throws Exception {
        TestGuardian guardian = guardian(LOGIN);
        FakeAuth auth = closing(new FakeAuth(authOf(LOGIN)));
        for (int round = 0; round < 3; round++) {
            node(guardian, LOGIN).close();

            assertThat(base.resolve(LOGIN)).exists();
            LinePeer waiting = connect(LOGIN);
            waiting.send("CPID|" + round);
            try (SomeNode next = node(guardian, LOGIN);
                    LinePeer server = auth.accept()) {
                assertThat(next.obstacle()).isEmpty();
                assertThat(server.receive()).isEqualTo("CPID|" + round);
                server.send("CUID|" + round);
                assertThat(waiting.receive()).isEqualTo("CUID|" + round);
            }
        }
    }

    @Test
    void requestsThatWereSentBeforeTheNodeStopsAreAnsweredByItOrByTheNextOne() throws Exception {
        int count = 200;
        TestGuardian guardian = guardian(LOGIN);
        SomeNode node = node(guardian, LOGIN);
        List<LinePeer> clients = new ArrayList<>();
        FakeAuth auth = closing(new FakeAuth(authOf(LOGIN)));
        Thread answering = new Thread(() -> answerAll(auth, count), "test-auth");
        answering.start();
        for (int i = 0; i < count; i++) {
            LinePeer client = connect(LOGIN);
            client.send("AUTH|%d|PLAIN|service=imap|resp=AGEAYg==".formatted(i + 1));
            clients.add(client);
        }
        node.close();
        node(guardian, LOGIN);

        for (int i = 0; i < count; i++) {
            assertThat(clients.get(i).receive()).isEqualTo("FAIL|%d|user=a".formatted(i + 1));
        }
        answering.join();
    }

    private static void answerAll(FakeAuth auth, int count) {
        List<LinePeer> servers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                LinePeer server = auth.accept();
                servers.add(server);
                String request = server.receive();
                if (request == null) {
                    throw new AssertionError("a connection without a request");
                }
                server.send("FAIL|" + request.split("\\|", -1)[1] + "|user=a");
            }
            for (LinePeer server : servers) {
                server.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aGuardianThatIsReplacedHandsOverNewSocketsAndOpenConnectionsGoOn() throws Exception {
        TestGuardian guardian = guardian(LOGIN);
        SomeNode node = node(guardian, LOGIN);
        FakeAuth auth = closing(new FakeAuth(authOf(LOGIN)));
        LinePeer open = connect(LOGIN);
        LinePeer openServer = closing(auth.accept());

        guardian.stop();
        await().atMost(PATIENCE)
                .until(() -> node.obstacle().contains("has not handed over socket " + base.resolve(LOGIN)));
        // Nothing else is there to listen, so the node goes on.
        assertServed(LOGIN, auth);
        Object before = Files.getAttribute(base.resolve(LOGIN), "unix:ino");
        guardian.restartSockets();
        node.awaitReady();
        await().atMost(PATIENCE).until(() -> !Files.getAttribute(base.resolve(LOGIN), "unix:ino")
                .equals(before));

        assertServed(LOGIN, auth);
        open.send("CPID|7");
        assertThat(openServer.receive()).isEqualTo("CPID|7");
    }

    @Test
    void socketsComeWithDovecotsFolderAndComeBackWithIt() throws Exception {
        Files.delete(base.resolve("login"));
        TestGuardian guardian = guardian(LOGIN);
        SomeNode node = closing(new SomeNode(guardian.folder().descriptors(), LOGIN));
        await().atMost(PATIENCE).until(() -> node.obstacle()
                .equals("the guardian has not handed over socket " + base.resolve(LOGIN)
                        + ": it does when Dovecot has made the folder, if it has --listen " + base.resolve(LOGIN)));
        FakeAuth auth = closing(new FakeAuth(authOf(LOGIN)));
        for (int round = 0; round < 2; round++) {
            Files.createDirectories(base.resolve("login"));
            node.awaitReady();
            assertServed(LOGIN, auth);
            deleteRecursively(base.resolve("login"));
            await().atMost(PATIENCE).until(() -> !node.obstacle().isEmpty());
        }
    }

    @Test
    void aSocketThatTheGuardianWasNotToldToKeepIsNamedAndTheOthersServed() throws Exception {
        TestGuardian guardian = guardian(LOGIN, "login/pombal/strange");
        SomeNode node = closing(new SomeNode(guardian.folder().descriptors(), LOGIN, LOOKUPS));
        await().atMost(PATIENCE).until(() -> node.relays.get(0).isListening());
        assertServed(LOGIN, closing(new FakeAuth(authOf(LOGIN))));
        assertThat(node.obstacle())
                .isEqualTo("the guardian has not handed over socket " + base.resolve(LOOKUPS)
                        + ": it does when Dovecot has made the folder, if it has --listen " + base.resolve(LOOKUPS));
    }

    @Test
    void aGuardianThatIsAwayIsNamedAndWaitedFor() throws Exception {
        Path descriptors = base.resolve("descriptors");
        SomeNode node = closing(new SomeNode(descriptors, LOGIN));
        await().atMost(PATIENCE).until(() -> node.obstacle()
                .endsWith("there is no guardian's socket " + descriptors
                        + ": is pombal-guardian running, with this path?"));
    }
}
