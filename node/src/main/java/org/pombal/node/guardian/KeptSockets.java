package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.relay.ListeningSocket;
import org.pombal.node.relay.SocketFile;
import org.pombal.node.relay.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the node's listening sockets from the guardian, which binds them and keeps them open while the node restarts. Connects once all of
 * its sockets were started, takes the new ones each time that the guardian has bound them anew, and lets go once all were stopped.
 */
public final class KeptSockets {

    private static final Logger log = LoggerFactory.getLogger(KeptSockets.class);

    /** The guardian binds a socket under such a name, and then puts it in place. */
    private static final String FRESH_PREFIX = ".";

    private static final String FRESH_SUFFIX = ".new";

    private final Path descriptors;
    private final EventLoop loop;
    private final List<KeptSocket> sockets = new CopyOnWriteArrayList<>();
    private final RateLimitedLog problems = new RateLimitedLog(log);
    private final Backoff backoff = new Backoff();
    private volatile @Nullable String lost = "not connected yet";
    private @Nullable Channel connection;
    private boolean connecting;

    /** @param descriptors what the guardian was given as {@code --descriptors} */
    public KeptSockets(Path descriptors, EventLoopGroup eventLoops) {
        this.descriptors = requireNonNull(descriptors, "descriptors is null");
        this.loop = eventLoops.next();
    }

    /** A socket that the guardian keeps, which is recognized by the name of its file. Its permissions are the guardian's. */
    public ListeningSocket socket(SocketFile file) {
        KeptSocket socket = new KeptSocket(file.path(), this);
        if (sockets.stream().anyMatch(known -> known.name().equals(socket.name()))) {
            throw new IllegalArgumentException("two sockets of the guardian have the name " + socket.name());
        }
        sockets.add(socket);
        return socket;
    }

    EventLoop loop() {
        return loop;
    }

    /** Why there is no socket for this path. */
    String obstacle(Path path) {
        String reason = lost;
        return "the guardian has not handed over socket " + path + ": "
                + (reason == null ? "it does when Dovecot has made the folder, if it has --listen " + path : reason);
    }

    void connectIfAllStarted() {
        if (!connecting && sockets.stream().allMatch(KeptSocket::isStarted)) {
            connecting = true;
            connect();
        }
    }

    void letGoIfAllStopped() {
        if (connection != null && isOver()) {
            connection.close();
        }
    }

    private boolean isOver() {
        return sockets.stream().allMatch(KeptSocket::isStopped);
    }

    private void connect() {
        if (isOver()) {
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(Transport.EPOLL.channelClass())
                .handler(new Receiver());
        Transport.EPOLL.readDescriptors(bootstrap);
        bootstrap
                .connect(new DomainSocketAddress(descriptors.toFile()))
                .addListener(connected -> connected((ChannelFuture) connected));
    }

    private void connected(ChannelFuture connected) {
        if (connected.isSuccess()) {
            lost = null;
            connection = connected.channel();
            connected
                    .channel()
                    .closeFuture()
                    .addListener(closed -> ended("the guardian has ended, or binds them anew (" + descriptors + ")"));
            letGoIfAllStopped();
        } else {
            ended(Unreachable.reason(descriptors, connected.cause()));
        }
    }

    private final class Receiver extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            FileDescriptor socket = (FileDescriptor) message;
            String name = nameOf(socket);
            Optional<KeptSocket> ours =
                    sockets.stream().filter(kept -> kept.name().equals(name)).findFirst();
            if (ours.isEmpty()) {
                problems.warn("the guardian keeps a socket '{}' that this node does not serve", name);
                KeptSocket.close(socket);
                return;
            }
            log.info("taking socket {} from the guardian", ours.get().path());
            backoff.reset();
            ours.get().take(socket);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            problems.warn("the connection to the guardian on {} broke: {}", descriptors, cause.toString());
            context.close();
        }
    }

    /** The byte that comes with a descriptor is lost in Netty, but a socket knows what it was bound to. */
    private static String nameOf(FileDescriptor socket) {
        DomainSocketAddress address = new Socket(socket.intValue()).localDomainSocketAddress();
        String file =
                address == null ? "" : address.path().substring(address.path().lastIndexOf('/') + 1);
        return file.startsWith(FRESH_PREFIX) && file.endsWith(FRESH_SUFFIX)
                ? file.substring(FRESH_PREFIX.length(), file.length() - FRESH_SUFFIX.length())
                : file;
    }

    private void ended(String reason) {
        connection = null;
        lost = reason;
        sockets.forEach(KeptSocket::becameOld);
        if (!isOver()) {
            problems.warn("no sockets from the guardian: {}; trying again", reason);
            loop.schedule(this::connect, backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
