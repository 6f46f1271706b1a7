package org.pombal.node.peer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Writes answers; a connection goes on only after one that was asked for properly. */
final class Replies {

    private static final String ERROR = "error";

    private final PeerMetrics metrics;

    Replies(PeerMetrics metrics) {
        this.metrics = metrics;
    }

    void answer(ChannelHandlerContext context, Message answer, boolean keepAlive) {
        ChannelFuture written = write(context, HttpResponseStatus.OK, answer, keepAlive);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    void refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
        write(context, status, Message.of(ERROR, why), false).addListener(ChannelFutureListener.CLOSE);
    }

    private ChannelFuture write(
            ChannelHandlerContext context, HttpResponseStatus status, Message body, boolean keepAlive) {
        metrics.answered(status.code());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body.toBytes()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        return context.writeAndFlush(response);
    }
}
