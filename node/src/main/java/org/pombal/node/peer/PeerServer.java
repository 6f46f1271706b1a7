package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.relay.Transport;
import org.slf4j.LoggerFactory;

/** Listens for the other nodes of the site. */
public final class PeerServer {

    /** A node of each proxy holds some, while users of theirs wait for a move. */
    private static final int MAX_CONNECTIONS = 8_192;

    private static final RateLimitedLog problems = new RateLimitedLog(LoggerFactory.getLogger(PeerServer.class));

    private final Channel listener;

    private PeerServer(Channel listener) {
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be bound, naming it and the setting
     */
    public static PeerServer start(
            InetSocketAddress address,
            Transport transport,
            EventLoopGroup eventLoops,
            PeerKey key,
            PeerDuties duties,
            PeerMetrics metrics)
            throws IOException {
        requireNonNull(key, "key is null");
        Replies replies = new Replies(metrics);
        AtomicInteger open = new AtomicInteger();
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(transport.tcpServerChannelClass())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 512)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.closeFuture().addListener(closed -> open.decrementAndGet());
                        if (open.incrementAndGet() > MAX_CONNECTIONS) {
                            problems.warn("more than {} connections of peers; one is turned away", MAX_CONNECTIONS);
                            accepted.close();
                            return;
                        }
                        accepted.pipeline()
                                .addLast(new ReadTimeoutHandler(PeerEntrance.SECONDS_FOR_STRANGERS))
                                .addLast(new HttpServerCodec())
                                .addLast(new PeerEntrance(key, replies))
                                .addLast(new HttpObjectAggregator(Message.MAX_BYTES, true))
                                .addLast(new PeerDesk(duties, replies));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen for the other nodes on " + address.getHostString() + ":"
                    + address.getPort() + " (setting cluster_peer_listen): "
                    + bound.cause().getMessage());
        }
        return new PeerServer(bound.channel());
    }

    /** The address that was bound, with the real port where port 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops listening; connections end with the event loops. */
    public void stop() {
        listener.close().awaitUninterruptibly();
    }
}
