package org.pombal.controller;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who speaks plain HTTP to a controller that answers in TLS only that this is so; TLS alone would just hang up. */
@Singleton
@Requires(beans = SslContext.class)
final class PlainOnTlsPort implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private static final Logger log = LoggerFactory.getLogger(PlainOnTlsPort.class);

    /** The head of a record of TLS, which says that it is one. */
    private static final int RECORD_HEAD = 5;

    /** Whoever tries again and again is not to fill the log. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private static final String DETAIL = "the controller answers in TLS only here: use https://";
    private static final String BODY = "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"" + DETAIL + "\"}";
    private static final String ANSWER = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n"
            + "Connection: close\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE);

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                return role == ChannelRole.CONNECTION ? new OfConnection(channel) : this;
            }
        });
        return event.getBean();
    }

    private final class OfConnection implements NettyServerCustomizer {

        private final Channel channel;

        OfConnection(Channel channel) {
            this.channel = requireNonNull(channel, "channel is null");
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel other, ChannelRole role) {
            return this;
        }

        @Override
        public void onInitialPipelineBuilt() {
            channel.pipeline().addFirst(new FirstBytes());
        }
    }

    /** Looks at what comes first, and is gone. */
    private final class FirstBytes extends ByteToMessageDecoder {

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (in.readableBytes() < RECORD_HEAD) {
                return;
            }
            if (SslHandler.isEncrypted(in, true)) {
                context.pipeline().remove(this);
                return;
            }
            tell(context.channel());
            in.skipBytes(in.readableBytes());
            context.writeAndFlush(Unpooled.copiedBuffer(ANSWER, US_ASCII)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void tell(Channel channel) {
        long now = System.nanoTime();
        long before = toldAt.get();
        if (now - before >= PAUSE && toldAt.compareAndSet(before, now)) {
            log.info("{} does not speak TLS, and the controller answers in nothing else", channel.remoteAddress());
        }
    }
}
