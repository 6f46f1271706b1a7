package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that the node itself binds, and removes when it stops.
 *
 * <p>It is kept in place: when Dovecot's folder does not exist yet, or is deleted and made again, the socket is bound anew as soon as the
 * folder is there.
 */
public final class BoundSocket implements ListeningSocket {

    private static final Logger log = LoggerFactory.getLogger(BoundSocket.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    private final SocketFile file;
    private final Transport transport;
    private final ScheduledExecutorService scheduler;
    private final RateLimitedLog bindProblems = new RateLimitedLog(log);
    private @Nullable ServerBootstrap accepting;
    private volatile @Nullable Bound bound;
    private volatile @Nullable String bindProblem;
    private @Nullable ScheduledFuture<?> check;
    private boolean saidWaiting;
    private boolean stopped;

    private record Bound(Channel channel, Object identity) {}

    /** @param scheduler runs the checks that the socket is still in place */
    public BoundSocket(SocketFile file, Transport transport, ScheduledExecutorService scheduler) {
        this.file = requireNonNull(file, "file is null");
        this.transport = requireNonNull(transport, "transport is null");
        this.scheduler = requireNonNull(scheduler, "scheduler is null");
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public synchronized void start(ServerBootstrap acceptingConnections) {
        accepting = acceptingConnections;
        keepBound();
        check = scheduler.scheduleWithFixedDelay(
                this::keepBound, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> obstacle() {
        if (bound != null) {
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
        Channel channel = requireNonNull(accepting, "started")
                .clone()
                .channel(transport.serverChannelClass())
                .option(ChannelOption.SO_BACKLOG, 1024)
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
        log.info("listening on socket {}", file.path());
    }

    @Override
    public synchronized void stop() {
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
