package org.pombal.node.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.pombal.node.relay.Transport;

/** The HTTP listener for metrics and health. */
public final class StatusServer {

    private static final int MAX_REQUEST_BYTES = 8_192;
    private static final int IDLE_SECONDS = 60;

    private final Channel listener;

    private StatusServer(Channel listener) {
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be bound, naming it and the setting
     */
    public static StatusServer start(
            InetSocketAddress address,
            Transport transport,
            EventLoopGroup eventLoops,
            PrometheusRegistry registry,
            Readiness readiness)
            throws IOException {
        StatusPages pages = new StatusPages(registry, readiness);
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(transport.tcpServerChannelClass())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline()
                                .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                                .addLast(pages);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen for HTTP on " + address.getHostString() + ":" + address.getPort()
                    + " (setting cluster_http_listen): " + bound.cause().getMessage());
        }
        return new StatusServer(bound.channel());
    }

    /** The address that was bound, with the real port where port 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public void stop() {
        listener.close().awaitUninterruptibly();
    }
}
