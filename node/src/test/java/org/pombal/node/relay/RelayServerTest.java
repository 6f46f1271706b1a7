package org.pombal.node.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.dovecot.auth.LineParser;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;

@Timeout(60)
class RelayServerTest {

    private static final String AUTH = "AUTH|%d|PLAIN|service=imap|session=s|resp=AGEAYg==";

    private static EventLoopGroup eventLoops;
    private static ScheduledExecutorService scheduler;
    private static ExecutorService aside;

    @TempDir
    Path base;

    private BiFunction<Request, ServerLine.Succeeded, Verdict> onSuccess = (request, reply) -> Verdict.FORWARD;
    private Verdict onRequest = Verdict.FORWARD;
    private RelayServer relay;
    private Path ours;
    private Path theirs;

    @BeforeAll
    static void startThreads() {
        eventLoops = Transport.EPOLL.newGroup("test-relay", 2);
        scheduler = Executors.newSingleThreadScheduledExecutor();
        aside = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stopThreads() {
        aside.shutdownNow();
        scheduler.shutdownNow();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @BeforeEach
    void prepare() throws IOException {
        ours = base.resolve("login/pombal/cluster");
        theirs = base.resolve("login/login");
        Files.createDirectories(base.resolve("login"));
        relay = newRelay();
    }

    private RelayServer newRelay() {
        Judge judge = new Judge() {
            @Override
            public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
                return onRequest;
            }

            @Override
            public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
                return onSuccess.apply(exchange.request(), reply);
            }
        };
        return new RelayServer(
                "login",
                new BoundSocket(
                        new SocketFile(ours, PosixFilePermissions.fromString("rw-rw-rw-")), Transport.EPOLL, scheduler),
                theirs,
                judge,
                Transport.EPOLL,
                eventLoops,
                new RelayMetrics(new PrometheusRegistry()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        relay.stop(Duration.ZERO);
    }

    @Test
    void linesPassUnchangedHoweverTheyArriveInPieces() throws Exception {
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            server.sendRaw("VERSION|1|2\nMECH|PLAIN|plaintext\nSPID|1\nCU");
            assertThat(login.receive(3)).containsExactly("VERSION|1|2", "MECH|PLAIN|plaintext", "SPID|1");
            server.sendRaw("ID|7\nDONE\n");
            assertThat(login.receive(2)).containsExactly("CUID|7", "DONE");

            login.sendRaw("VERSION|1|2\nCPID|9\nAUTH|1|XOAUTH2|service=pop3|resp=\u00ff\u0001t");
            assertThat(server.receive(2)).containsExactly("VERSION|1|2", "CPID|9");
            login.sendRaw("\nFUTURE|word\n");
            assertThat(server.receive(2))
                    .containsExactly("AUTH|1|XOAUTH2|service=pop3|resp=\u00ff\u0001t", "FUTURE|word");

            server.send("CONT|1|Zm9v");
            assertThat(login.receive()).isEqualTo("CONT|1|Zm9v");
            login.send("CONT|1|YmFy");
            assertThat(server.receive()).isEqualTo("CONT|1|YmFy");
            server.send("FAIL|1|user=a|temp");
            assertThat(login.receive()).isEqualTo("FAIL|1|user=a|temp");
        }
    }

    @Test
    void theJudgeSeesWhatWasAskedAndAnswersInItsPlace() throws Exception {
        onSuccess = (request, reply) -> new Verdict.Reply(
                ("OK\t" + reply.id() + "\tprotocol=" + request.protocol().orElseThrow() + "\n").getBytes(UTF_8));
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send(AUTH.formatted(5));
            server.receive();
            server.send("OK|5|user=a|proxy");

            assertThat(login.receive()).isEqualTo("OK|5|protocol=IMAP");
        }
    }

    @Test
    void aRequestThatTheJudgeAnswersNeverReachesAuth() throws Exception {
        onRequest = new Verdict.Reply("OK\t1\tours\n".getBytes(UTF_8));
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send(AUTH.formatted(1));
            assertThat(login.receive()).isEqualTo("OK|1|ours");
            login.send("CPID|1");
            assertThat(server.receive()).isEqualTo("CPID|1");
        }
    }

    @Test
    void anAnswerThatTakesTimeIsOvertakenByOthers() throws Exception {
        CompletableFuture<Verdict.Reply> slow = new CompletableFuture<>();
        onSuccess = (request, reply) -> reply.id() == 1 ? new Verdict.Later(slow) : Verdict.FORWARD;
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send(AUTH.formatted(1));
            login.send(AUTH.formatted(2));
            server.receive(2);
            server.send("OK|1|user=a|proxy");
            server.send("OK|2|user=b|proxy");
            assertThat(login.receive()).isEqualTo("OK|2|user=b|proxy");

            slow.complete(new Verdict.Reply("OK\t1\tuser=a\thost=b1\n".getBytes(UTF_8)));
            assertThat(login.receive()).isEqualTo("OK|1|user=a|host=b1");
        }
    }

    @Test
    void aWithdrawnRequestGetsNoAnswer() throws Exception {
        CompletableFuture<Verdict.Reply> slow = new CompletableFuture<>();
        onSuccess = (request, reply) -> reply.id() == 1 ? new Verdict.Later(slow) : Verdict.FORWARD;
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send(AUTH.formatted(1));
            server.receive();
            server.send("OK|1|user=a|proxy");
            login.send("CANCEL|1");
            assertThat(server.receive()).isEqualTo("CANCEL|1");
            slow.complete(new Verdict.Reply("OK\t1\tlate\n".getBytes(UTF_8)));
            login.send(AUTH.formatted(2));
            server.receive();
            server.send("OK|1|user=a|proxy");
            server.send("OK|2|user=b");

            // Neither the late answer nor a proxy reply without a host gets out.
            assertThat(login.receive()).isEqualTo("OK|2|user=b");
        }
    }

    @Test
    void aMalformedLineEndsItsOwnConnectionOnly() throws Exception {
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer good = LinePeer.connect(ours);
                LinePeer goodServer = auth.accept();
                LinePeer bad = LinePeer.connect(ours);
                LinePeer badServer = auth.accept()) {
            bad.send("AUTH|not-a-number|PLAIN");
            assertThat(bad.receive()).isNull();
            assertThat(badServer.receive()).isNull();

            good.send("CPID|1");
            assertThat(goodServer.receive()).isEqualTo("CPID|1");
        }
    }

    @Test
    void aLineLongerThanDovecotAcceptsEndsTheConnectionBeforeItIsComplete() throws Exception {
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            String longest = "X".repeat(LineParser.MAX_LINE_BYTES - 1);
            login.send(longest);
            assertThat(server.receive()).isEqualTo(longest);

            login.sendRaw("X".repeat(LineParser.MAX_LINE_BYTES));
            assertThat(server.receive()).isNull();
        }
    }

    @Test
    void whenAuthEndsAConnectionTheClientIsToldByItsEnd() throws Exception {
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            server.close();
            assertThat(login.receive()).isNull();
        }
    }

    @Test
    void aClientThatComesBeforeAuthIsServedWhenAuthIsThere() throws Exception {
        relay.start();
        try (LinePeer login = LinePeer.connect(ours)) {
            login.send("CPID|1");
            try (FakeAuth auth = new FakeAuth(theirs);
                    LinePeer server = auth.accept()) {
                assertThat(server.receive()).isEqualTo("CPID|1");
            }
        }
    }

    @Test
    void theSocketAppearsWithDovecotsFolderAndComesBackWithIt() throws Exception {
        deleteRecursively(base.resolve("login"));
        relay.start();
        assertThat(relay.isListening()).isFalse();

        for (int round = 0; round < 2; round++) {
            Files.createDirectories(base.resolve("login"));
            await().until(() -> Files.exists(ours));
            try (FakeAuth auth = new FakeAuth(theirs);
                    LinePeer login = LinePeer.connect(ours);
                    LinePeer server = auth.accept()) {
                login.send("CPID|" + round);
                assertThat(server.receive()).isEqualTo("CPID|" + round);
            }
            deleteRecursively(base.resolve("login"));
            await().until(() -> !relay.isListening());
        }
    }

    @Test
    void aSocketThatAKilledNodeLeftIsReplaced() throws Exception {
        Files.createDirectories(ours.getParent());
        try (ServerSocketChannel leftBehind = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            leftBehind.bind(UnixDomainSocketAddress.of(ours));
        }
        assertThat(ours).exists();
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send("CPID|1");
            assertThat(server.receive()).isEqualTo("CPID|1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)))
                .isEqualTo("rw-rw-rw-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours.getParent())))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void stoppingFinishesWhatIsBeingLookedUp() throws Exception {
        CompletableFuture<Verdict.Reply> slow = new CompletableFuture<>();
        onSuccess = (request, reply) -> new Verdict.Later(slow);
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send(AUTH.formatted(1));
            server.receive();
            server.send("OK|1|user=a|proxy");
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> stopWithin(Duration.ofSeconds(30)), aside);
            await().until(() -> Files.notExists(ours));
            assertThat(stopped).isNotDone();

            slow.complete(new Verdict.Reply("OK\t1\tdone\n".getBytes(UTF_8)));
            assertThat(login.receive()).isEqualTo("OK|1|done");
            assertThat(login.receive()).isNull();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aJudgeThatFailsEndsTheConnectionInsteadOfLettingTheClientWait() throws Exception {
        onSuccess = (request, reply) ->
                new Verdict.Later(CompletableFuture.failedFuture(new IllegalStateException("a bug")));
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer login = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            login.send(AUTH.formatted(1));
            server.receive();
            server.send("OK|1|user=a|proxy");
            assertThat(login.receive()).isNull();
        }
    }

    @Test
    void aClientThatReadsSlowlyStopsAuthAndLosesNothing() throws Exception {
        int lines = 200_000;
        relay.start();
        try (FakeAuth auth = new FakeAuth(theirs);
                LinePeer doveadm = LinePeer.connect(ours);
                LinePeer server = auth.accept()) {
            doveadm.send("LIST|1|user=*");
            server.receive();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendUsers(server, lines), aside);
            assertThat(doveadm.receive()).isEqualTo("LIST|1|user0@example.org");
            // Several megabytes cannot all be in the sockets' buffers: the relay holds auth back.
            assertThat(sent).isNotDone();

            List<String> received = doveadm.receive(lines - 1);
            assertThat(received.get(lines - 2)).isEqualTo("LIST|1|user" + (lines - 1) + "@example.org");
            sent.join();
        }
    }

    private void stopWithin(Duration patience) {
        try {
            relay.stop(patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sendUsers(LinePeer server, int count) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, count)
                .forEach(i -> text.append("LIST|1|user").append(i).append("@example.org\n"));
        try {
            server.sendRaw(text.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
