package org.pombal.node.doveadm;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.node.relay.SocketFile;
import org.pombal.node.relay.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for doveadm's HTTP API, on a unix socket or a TCP port. */
public final class DoveadmServer {

    /** A million users of a file fit in; the command line sends fewer at a time. */
    static final int MAX_REQUEST_BYTES = 64 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(DoveadmServer.class);
    private static final int MAX_CONNECTIONS = 64;
    private static final int READ_SECONDS = 30;
    private static final int WRITE_SECONDS = 60;

    private final Channel listener;
    private final Optional<SocketFile> file;
    private final Optional<Object> identity;

    private DoveadmServer(Channel listener, Optional<SocketFile> file, Optional<Object> identity) {
        this.listener = listener;
        this.file = file;
        this.identity = identity;
    }

    /**
     * What listeners share.
     *
     * @param readSeconds how long a caller may be silent before its request is complete
     * @param writeSeconds how long a caller may not read its answer
     */
    public record Sockets(Transport transport, EventLoopGroup eventLoops, int readSeconds, int writeSeconds) {

        public Sockets {
            requireNonNull(transport, "transport is null");
            requireNonNull(eventLoops, "eventLoops is null");
        }

        public Sockets(Transport transport, EventLoopGroup eventLoops) {
            this(transport, eventLoops, READ_SECONDS, WRITE_SECONDS);
        }
    }

    /**
     * Listens on a unix socket, which only root may use, or who the node runs as. What stands at the path is replaced.
     *
     * @throws IOException if that is not possible, naming the path and the setting
     */
    public static DoveadmServer onSocket(Path path, Sockets sockets, Execution execution) throws IOException {
        SocketFile file = new SocketFile(path, PosixFilePermissions.fromString("rw-------"));
        try {
            Path fresh = file.prepare();
            Channel channel = bind(
                    sockets.transport().serverChannelClass(),
                    new DomainSocketAddress(fresh.toFile()),
                    sockets,
                    execution,
                    Optional.empty(),
                    Optional.empty());
            try {
                return new DoveadmServer(channel, Optional.of(file), Optional.of(file.publish(fresh)));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for doveadm on " + path + " (setting cluster_doveadm_socket): " + e.getMessage(), e);
        }
    }

    /**
     * Listens on a TCP port.
     *
     * @param tls empty for none
     * @throws IOException if that is not possible, naming the address and the setting
     */
    public static DoveadmServer onPort(
            InetSocketAddress address,
            Sockets sockets,
            Execution execution,
            Credentials credentials,
            Optional<SslContext> tls)
            throws IOException {
        try {
            Channel channel = bind(
                    sockets.transport().tcpServerChannelClass(),
                    address,
                    sockets,
                    execution,
                    Optional.of(credentials),
                    tls);
            return new DoveadmServer(channel, Optional.empty(), Optional.empty());
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for doveadm on " + address.getHostString() + ":" + address.getPort()
                            + " (setting cluster_doveadm_listen): " + e.getMessage(),
                    e);
        }
    }

    private static Channel bind(
            Class<? extends ServerChannel> type,
            SocketAddress address,
            Sockets sockets,
            Execution execution,
            Optional<Credentials> credentials,
            Optional<SslContext> tls)
            throws IOException {
        AtomicInteger open = new AtomicInteger();
        ServerBootstrap bootstrap = new ServerBootstrap();
        if (address instanceof InetSocketAddress) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
        ChannelFuture bound = bootstrap
                .group(sockets.eventLoops())
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 128)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.closeFuture().addListener(closed -> open.decrementAndGet());
                        if (open.incrementAndGet() > MAX_CONNECTIONS) {
                            log.warn(
                                    "more than {} callers of doveadm's API at once; one is turned away",
                                    MAX_CONNECTIONS);
                            accepted.close();
                            return;
                        }
                        tls.ifPresent(context -> accepted.pipeline().addLast(context.newHandler(accepted.alloc())));
                        accepted.pipeline()
                                .addLast(new ReadTimeoutHandler(sockets.readSeconds()))
                                .addLast(new WriteTimeoutHandler(sockets.writeSeconds()))
                                .addLast(new HttpServerCodec())
                                .addLast(new Entrance(credentials))
                                .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES, true))
                                .addLast(new Api(execution));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /** The TCP address, with the real port where port 0 was asked for. */
    public Optional<InetSocketAddress> address() {
        return listener.localAddress() instanceof InetSocketAddress address ? Optional.of(address) : Optional.empty();
    }

    /** Stops listening; answers that are under way go on until the event loops end. */
    public void stop() {
        listener.close().awaitUninterruptibly();
        file.ifPresent(socket -> {
            try {
                if (socket.current().equals(identity)) {
                    Files.deleteIfExists(socket.path());
                }
            } catch (IOException e) {
                log.warn("cannot remove socket {}: {}", socket.path(), e.toString());
            }
        });
    }
}
