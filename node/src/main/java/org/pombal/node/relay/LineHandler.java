package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.pombal.dovecot.auth.MalformedLineException;

/** One direction: frames what one side sends, and stops reading while the other side is slow. */
final class LineHandler extends ChannelInboundHandlerAdapter {

    private final LineFramer framer = new LineFramer();
    private final LineFramer.Lines lines;
    private final Runnable flush;
    private final Channel other;
    private final Consumer<Throwable> onFailure;

    LineHandler(LineFramer.Lines lines, Runnable flush, Channel other, Consumer<Throwable> onFailure) {
        this.lines = requireNonNull(lines, "lines is null");
        this.flush = requireNonNull(flush, "flush is null");
        this.other = requireNonNull(other, "other is null");
        this.onFailure = requireNonNull(onFailure, "onFailure is null");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf input = (ByteBuf) message;
        try {
            framer.take(input, lines);
        } catch (MalformedLineException e) {
            onFailure.accept(e);
        } finally {
            input.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush.run();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // What this side cannot take must not be read from the other.
        other.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        onFailure.accept(cause);
    }
}
