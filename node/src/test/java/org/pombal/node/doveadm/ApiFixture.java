package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.model.backend.HostName;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.user.TestUser;
import org.pombal.node.TestCluster;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.doveadm.commands.AccessCommand;
import org.pombal.node.doveadm.commands.BackendCommands;
import org.pombal.node.doveadm.commands.BackendDoveadms;
import org.pombal.node.doveadm.commands.ForceMoveCommands;
import org.pombal.node.doveadm.commands.GroupCommands;
import org.pombal.node.doveadm.commands.KickCommand;
import org.pombal.node.doveadm.commands.LocalDbCommands;
import org.pombal.node.doveadm.commands.PassedOn;
import org.pombal.node.doveadm.commands.ProxyCommands;
import org.pombal.node.doveadm.commands.Self;
import org.pombal.node.doveadm.commands.SiteCommands;
import org.pombal.node.doveadm.commands.TagCommands;
import org.pombal.node.doveadm.commands.UserCommands;
import org.pombal.node.doveadm.commands.Waiting;
import org.pombal.node.relay.Transport;
import org.pombal.operations.Cluster;

/** The API over a real Netty server and an in-memory GeoDB; hosts whose names begin with "nowhere" do not resolve. */
final class ApiFixture implements AutoCloseable {

    static final String KEY = "a key: ü\"";
    static final String PASSWORD = "pass:word";

    final TestCluster geo = new TestCluster();
    final FakeMemory memory = new FakeMemory();
    final Cluster cluster;
    final HostAddresses addresses = new HostAddresses(ApiFixture::resolve, Duration.ofHours(1));
    private final EventLoopGroup eventLoops = Transport.EPOLL.newGroup("test-doveadm", 1);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService blocking = Executors.newFixedThreadPool(2);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Execution execution;
    final DoveadmServer server;

    ApiFixture(Optional<HostName> backend) throws IOException {
        this(backend, new NoDoveadms(), 30, 60);
    }

    ApiFixture(Optional<HostName> backend, BackendDoveadms doveadms, int readSeconds, int writeSeconds)
            throws IOException {
        cluster = new Cluster(
                geo.geoDb,
                "here",
                host -> CompletableFuture.completedFuture(!host.value().startsWith("nowhere")),
                geo.clock,
                TakeoverPolicy.FENCED);
        Self self = new Self("here", backend);
        Waiting waiting = new Waiting(scheduler);
        CommandSet commands = new CommandSet();
        new SiteCommands(cluster, self, 10, 50).addTo(commands);
        new ForceMoveCommands(cluster).addTo(commands);
        new TagCommands(cluster).addTo(commands);
        new BackendCommands(cluster, self, waiting, doveadms).addTo(commands);
        new GroupCommands(cluster, self, memory, waiting, Optional.of(new TestUser("probe-%{backend_host}")))
                .addTo(commands);
        new UserCommands(cluster, memory, waiting).addTo(commands);
        new AccessCommand(cluster, addresses, Path.of("/nonexistent/auth-userdb"), blocking).addTo(commands);
        new LocalDbCommands(memory).addTo(commands);
        new ProxyCommands(cluster).addTo(commands);
        new KickCommand(cluster, self, doveadms).addTo(commands);
        execution = new Execution(commands, new PassedOn(cluster, doveadms));
        server = DoveadmServer.onPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                sockets(readSeconds, writeSeconds),
                execution,
                new Credentials(Optional.of(KEY), Optional.of(PASSWORD)),
                Optional.empty());
        memory.sites.add(geo.here);
    }

    /** No Dovecot can be asked. */
    static final class NoDoveadms implements BackendDoveadms {
        @Override
        public Optional<DoveadmClient> local() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Optional<DoveadmClient>> of(String host) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.startsWith("nowhere")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {10, 0, 0, 7})};
    }

    DoveadmServer.Sockets sockets(int readSeconds, int writeSeconds) {
        return new DoveadmServer.Sockets(Transport.EPOLL, eventLoops, readSeconds, writeSeconds);
    }

    int port() {
        return server.address().orElseThrow().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "X-Dovecot-API " + base64(KEY));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> post(String body) {
        return send(request("/doveadm/v1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** The answer to one command with tag "t". */
    String call(String command, String parameters) {
        return post("[[\"" + command + "\"," + parameters + ",\"t\"]]").body();
    }

    @Override
    public void close() {
        server.stop();
        scheduler.shutdownNow();
        blocking.shutdownNow();
        addresses.close();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
