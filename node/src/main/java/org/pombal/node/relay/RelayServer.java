package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on one of our sockets and relays each connection to one of Dovecot's.
 *
 * <p>The socket is kept in place: when Dovecot's folder does not exist yet, or is deleted and made again, the socket is
 * bound anew as soon as the folder is there.
 */
public final class RelayServer {

    private static final Logger log = LoggerFactory.getLogger(RelayServer.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    private final RelayEndpoint endpoint;
    private final SocketFile file;
    private final EventLoopGroup eventLoops;
    private final ScheduledExecutorService scheduler;
    private final RateLimitedLog bindProblems = new RateLimitedLog(log);
    private final Set<RelaySession> sessions = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Bound bound;
    private volatile @Nullable String bindProblem;
    private @Nullable ScheduledFuture<?> check;
    private boolean saidWaiting;
    private boolean stopped;

    private record Bound(Channel channel, Object identity) {}

    /**
     * A relay that is not started yet.
     *
     * @param name for logs: {@code login} or {@code userdb}
     * @param ours where Dovecot's processes connect to
     * @param permissions of that socket
     * @param authSocket Dovecot's own socket behind it
     * @param scheduler runs the checks that the socket is still in place
     */
    public RelayServer(
            String name,
            Path ours,
            Set<PosixFilePermission> permissions,
            Path authSocket,
            Judge judge,
            Transport transport,
            EventLoopGroup eventLoops,
            ScheduledExecutorService scheduler,
            RelayMetrics metrics) {
        this.endpoint = new RelayEndpoint(name, authSocket, judge, transport, metrics, new RateLimitedLog(log));
        this.file = new SocketFile(ours, permissions);
        this.eventLoops = requireNonNull(eventLoops, "eventLoops is null");
        this.scheduler = requireNonNull(scheduler, "scheduler is null");
    }

    /** Starts to listen as soon as Dovecot's folder is there, and keeps listening. */
    public synchronized void start() {
        keepBound();
        check = scheduler.scheduleWithFixedDelay(
                this::keepBound, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the socket is in place and served. */
    public boolean isListening() {
        return bound != null;
    }

    /** Why the socket is not in place, if it is not. */
    public Optional<String> obstacle() {
        if (isListening()) {
            return Optional.empty();
        }
        @Nullable String problem = bindProblem;
        return Optional.of(
                problem == null
                        ? "waiting for Dovecot to make the folder for socket " + file.path()
                        : "cannot listen on socket " + file.path() + ": " + problem);
    }

    private synchronized void keepBound() {
        if (stopped) {
            return;
        }
        try {
            @Nullable Bound present = bound;
            if (present != null && file.current().equals(Optional.of(present.identity()))) {
                return;
            }
            if (present != null) {
                log.info("socket {} is gone; binding it again", file.path());
                bound = null;
                present.channel().close();
            }
            if (file.dovecotFolderExists()) {
                bind();
            } else {
                waitForDovecot();
            }
        } catch (IOException | RuntimeException e) {
            cannotListen(e.toString());
        }
    }

    private void waitForDovecot() {
        bindProblem = null;
        if (!saidWaiting) {
            saidWaiting = true;
            log.info("waiting for Dovecot to make the folder for socket {}", file.path());
        }
    }

    private void cannotListen(String problem) {
        bindProblem = problem;
        bindProblems.warn("cannot listen on socket {}: {}", file.path(), problem);
    }

    private void bind() throws IOException {
        Optional<String> tooLong = SocketLength.problem(file.path());
        if (tooLong.isPresent()) {
            cannotListen(tooLong.get());
            return;
        }
        Path fresh = file.prepare();
        Channel channel = new ServerBootstrap()
                .group(eventLoops)
                .channel(endpoint.transport().serverChannelClass())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accept(accepted);
                    }
                })
                .bind(new DomainSocketAddress(fresh.toFile()))
                .syncUninterruptibly()
                .channel();
        try {
            bound = new Bound(channel, file.publish(fresh));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        saidWaiting = false;
        bindProblem = null;
        log.info("listening on socket {} for {}", file.path(), endpoint.authSocket());
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
     * Stops listening, takes no further requests, lets the open ones be answered, then closes.
     *
     * @param patience after this long the rest is cut off
     */
    public void stop(Duration patience) throws InterruptedException {
        stopListening();
        List<RelaySession> open = List.copyOf(sessions);
        open.forEach(RelaySession::drain);
        CompletableFuture<?>[] ends = open.stream()
                .map(session -> session.whenEnded().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn(
                    "{} connections on {} still had requests open when the node stopped", sessions.size(), file.path());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session never fails", e);
        }
        sessions.forEach(RelaySession::abort);
    }

    private synchronized void stopListening() {
        stopped = true;
        if (check != null) {
            check.cancel(false);
        }
        @Nullable Bound present = bound;
        bound = null;
        if (present == null) {
            return;
        }
        present.channel().close().syncUninterruptibly();
        try {
            if (file.current().equals(Optional.of(present.identity()))) {
                Files.deleteIfExists(file.path());
            }
        } catch (IOException e) {
            log.warn("cannot remove socket {}: {}", file.path(), e.toString());
        }
    }
}
