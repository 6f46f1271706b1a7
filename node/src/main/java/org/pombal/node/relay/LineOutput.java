package org.pombal.node.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Gathers lines for one channel, so that what one read causes leaves in one write. Used on the channel's event loop. */
final class LineOutput {

    private static final int LEAST_BYTES = 512;

    private final Channel channel;
    private @Nullable ByteBuf gathered;
    private int usualBytes = LEAST_BYTES;

    LineOutput(Channel channel) {
        this.channel = channel;
    }

    void append(byte[] data, int from, int length) {
        if (gathered == null) {
            gathered = channel.alloc().ioBuffer(Math.max(usualBytes, length));
        }
        gathered.writeBytes(data, from, length);
    }

    void flush() {
        if (gathered != null) {
            ByteBuf lines = gathered;
            gathered = null;
            usualBytes = Math.max(LEAST_BYTES, lines.readableBytes());
            channel.writeAndFlush(lines, channel.voidPromise());
        }
    }
}
