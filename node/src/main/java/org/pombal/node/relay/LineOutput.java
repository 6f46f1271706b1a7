package org.pombal.node.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Gathers lines for one channel, so that what one read causes leaves in one write. Used on the channel's event loop. */
final class LineOutput {

    private final Channel channel;
    private @Nullable ByteBuf gathered;

    LineOutput(Channel channel) {
        this.channel = channel;
    }

    void append(byte[] data, int from, int length) {
        if (gathered == null) {
            gathered = channel.alloc().ioBuffer(Math.max(512, length));
        }
        gathered.writeBytes(data, from, length);
    }

    void flush() {
        if (gathered != null) {
            ByteBuf lines = gathered;
            gathered = null;
            channel.writeAndFlush(lines, channel.voidPromise());
        }
    }
}
