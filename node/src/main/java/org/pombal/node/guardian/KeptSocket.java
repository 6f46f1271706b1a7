package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.node.relay.ListeningSocket;
import org.pombal.node.relay.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the listening sockets that the guardian keeps. While the node does not accept from it, whoever connects waits in its queue. All but
 * {@link #obstacle} happens on the event loop of its owner.
 */
final class KeptSocket implements ListeningSocket {

    private static final Logger log = LoggerFactory.getLogger(KeptSocket.class);

    /** What was connecting to the former socket while the guardian put the new one in its place is still served. */
    private static final Duration LAST_CALLERS = Duration.ofSeconds(1);

    private final Path path;
    private final KeptSockets owner;
    private final Set<Channel> listening = new HashSet<>();
    private @Nullable ServerBootstrap accepting;
    private @Nullable Channel newest;
    private volatile boolean current;
    private boolean stopped;

    KeptSocket(Path path, KeptSockets owner) {
        this.path = requireNonNull(path, "path is null");
        this.owner = requireNonNull(owner, "owner is null");
    }

    @Override
    public Path path() {
        return path;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    @Override
    public void start(ServerBootstrap acceptingConnections) {
        owner.loop().execute(() -> {
            accepting = acceptingConnections;
            owner.connectIfAllStarted();
        });
    }

    boolean isStarted() {
        return accepting != null;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Accepts from this one from now on. */
    void take(FileDescriptor socket) {
        if (stopped || accepting == null) {
            close(socket);
            return;
        }
        ChannelFuture registered = accepting
                .clone()
                .channelFactory(() -> Transport.EPOLL.listeningOn(socket))
                .register();
        Channel former = newest;
        newest = registered.channel();
        current = true;
        listening.add(registered.channel());
        registered.addListener(done -> owner.loop().execute(() -> registered(registered, former)));
    }

    private void registered(ChannelFuture registered, @Nullable Channel former) {
        if (!registered.isSuccess()) {
            current = false;
            listening.remove(registered.channel());
            log.error("cannot accept from the guardian's socket {}", path, registered.cause());
        }
        if (former != null) {
            owner.loop().schedule(() -> retire(former), LAST_CALLERS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void retire(Channel former) {
        listening.remove(former);
        former.close();
    }

    /** Another socket may stand in its place; it is accepted from nevertheless until that one comes. */
    void becameOld() {
        current = false;
    }

    static void close(FileDescriptor socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a socket that the guardian handed over: {}", e.toString());
        }
    }

    @Override
    public Optional<String> obstacle() {
        return current ? Optional.empty() : Optional.of(owner.obstacle(path));
    }

    @Override
    public void stop() {
        List<Channel> open = owner.loop()
                .submit(() -> {
                    stopped = true;
                    current = false;
                    owner.letGoIfAllStopped();
                    return List.copyOf(listening);
                })
                .syncUninterruptibly()
                .getNow();
        open.forEach(channel -> channel.close().syncUninterruptibly());
    }
}
