package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Relays each connection that comes in on one of our sockets to one of Dovecot's. */
public final class RelayServer {

    private static final Logger log = LoggerFactory.getLogger(RelayServer.class);

    private final RelayEndpoint endpoint;
    private final ListeningSocket socket;
    private final EventLoopGroup eventLoops;
    private final Set<RelaySession> sessions = ConcurrentHashMap.newKeySet();

    /**
     * A relay that is not started yet.
     *
     * @param name for logs: {@code login} or {@code userdb}
     * @param socket where Dovecot's processes connect to
     * @param authSocket Dovecot's own socket behind it
     */
    public RelayServer(
            String name,
            ListeningSocket socket,
            Path authSocket,
            Judge judge,
            Transport transport,
            EventLoopGroup eventLoops,
            RelayMetrics metrics) {
        this.endpoint = new RelayEndpoint(name, authSocket, judge, transport, metrics, new RateLimitedLog(log));
        this.socket = requireNonNull(socket, "socket is null");
        this.eventLoops = requireNonNull(eventLoops, "eventLoops is null");
    }

    /** Starts to listen as soon as that is possible, and keeps listening. */
    public void start() {
        socket.start(new ServerBootstrap()
                .group(eventLoops)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accept(accepted);
                    }
                }));
    }

    /** Whether the socket is in place and served. */
    public boolean isListening() {
        return obstacle().isEmpty();
    }

    /** Why the socket is not in place, if it is not. */
    public Optional<String> obstacle() {
        return socket.obstacle();
    }

    private void accept(Channel accepted) {
        accepted.pipeline().addLast(new IgnoreUntilReady());
        RelaySession session = new RelaySession(accepted, endpoint);
        sessions.add(session);
        session.whenEnded().thenRun(() -> sessions.remove(session));
        // Registration must be complete before the session closes or reads the channel.
        accepted.eventLoop().execute(session::start);
    }

    /**
     * Stops listening, and closes each connection as soon as it has no open request.
     *
     * @param patience after this long the rest is cut off
     */
    public void stop(Duration patience) throws InterruptedException {
        socket.stop();
        awaitAccepted();
        List<RelaySession> open = List.copyOf(sessions);
        open.forEach(RelaySession::drain);
        CompletableFuture<?>[] ends = open.stream()
                .map(session -> session.whenEnded().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn(
                    "{} connections on {} still had requests open when the node stopped",
                    sessions.size(),
                    socket.path());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session never fails", e);
        }
        sessions.forEach(RelaySession::abort);
    }

    /** What the listening channel has taken from the queue may still be on its way to its event loop. */
    private void awaitAccepted() throws InterruptedException {
        for (EventExecutor eventLoop : eventLoops) {
            eventLoop.submit(() -> {}).await();
        }
    }
}
