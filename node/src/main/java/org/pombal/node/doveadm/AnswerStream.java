package org.pombal.node.doveadm;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it grows. A short one goes out whole, with its length; a long one in chunks, no faster than the
 * caller reads. All methods but {@link #write} belong to the event loop.
 */
final class AnswerStream extends ChannelInboundHandlerAdapter {

    private static final int FLUSH_BYTES = 16 * 1024;

    private final ChannelHandlerContext context;
    private final ByteBuf pending;
    private boolean begun;
    private boolean ended;
    private @Nullable CompletableFuture<Void> waiting;

    /** @param context of the handler that answers */
    AnswerStream(ChannelHandlerContext context) {
        this.context = context;
        this.pending = context.alloc().buffer(FLUSH_BYTES);
    }

    /**
     * Appends to the body; on any thread.
     *
     * @param now whether it should not wait for more
     * @return done when there is room for more; fails when the caller is gone
     */
    CompletionStage<Void> write(byte[] bytes, boolean now) {
        // Also from the event loop itself: what another thread handed over before must stay before it.
        CompletableFuture<Void> room = new CompletableFuture<>();
        try {
            context.executor().execute(() -> append(bytes, now).whenComplete((done, failure) -> {
                if (failure == null) {
                    room.complete(null);
                } else {
                    room.completeExceptionally(failure);
                }
            }));
        } catch (RuntimeException e) {
            return failedFuture(e); // the event loop has ended
        }
        return room;
    }

    private CompletionStage<Void> append(byte[] bytes, boolean now) {
        if (ended || !context.channel().isActive()) {
            return failedFuture(new ClosedChannelException());
        }
        pending.writeBytes(bytes);
        if (now || pending.readableBytes() >= FLUSH_BYTES) {
            flush();
        }
        if (context.channel().isWritable()) {
            return completedFuture(null);
        }
        if (waiting == null) {
            waiting = new CompletableFuture<>();
        }
        return waiting;
    }

    private void flush() {
        if (!begun) {
            begun = true;
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            json(head.headers()).set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            context.write(head);
        }
        context.writeAndFlush(new DefaultHttpContent(pending.copy()));
        pending.clear();
    }

    /** The body is complete. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (begun) {
            if (pending.isReadable()) {
                context.write(new DefaultHttpContent(pending.copy()));
            }
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        } else {
            DefaultFullHttpResponse whole =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, pending.copy());
            json(whole.headers())
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, whole.content().readableBytes());
            context.writeAndFlush(whole).addListener(ChannelFutureListener.CLOSE);
        }
        pending.release();
    }

    private static HttpHeaders json(HttpHeaders headers) {
        return headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) throws Exception {
        if (changed.channel().isWritable()) {
            resume(null);
        }
        super.channelWritabilityChanged(changed);
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) throws Exception {
        if (!ended) {
            ended = true;
            pending.release();
        }
        resume(new ClosedChannelException());
        super.channelInactive(closed);
    }

    private void resume(@Nullable Throwable failure) {
        CompletableFuture<Void> released = waiting;
        waiting = null;
        if (released != null && failure == null) {
            released.complete(null);
        } else if (released != null) {
            released.completeExceptionally(failure);
        }
    }
}
