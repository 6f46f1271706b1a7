package org.pombal.node.relay;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.pombal.dovecot.auth.ByteSearch;
import org.pombal.dovecot.auth.LineParser;
import org.pombal.dovecot.auth.MalformedLineException;

/** Cuts one direction of a connection into lines, however the bytes arrive. Never keeps more than one unfinished line. */
final class LineFramer {

    private static final int INITIAL_BYTES = 2048;

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int length;

    /** Receives each line at {@code [from, to)}; its newline stands at {@code to}. */
    @FunctionalInterface
    interface Lines {
        void line(byte[] data, int from, int to) throws MalformedLineException;
    }

    /**
     * Takes all bytes of {@code input}.
     *
     * @throws MalformedLineException if a line is longer than Dovecot's peers accept, or {@code lines} refuses one
     */
    void take(ByteBuf input, Lines lines) throws MalformedLineException {
        int unseen = length;
        int more = input.readableBytes();
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
        input.readBytes(buffer, length, more);
        length += more;
        int from = 0;
        for (int end = lineEnd(unseen); end < length; end = lineEnd(from)) {
            checkLength(end - from + 1);
            lines.line(buffer, from, end);
            from = end + 1;
        }
        keep(from);
    }

    private int lineEnd(int from) {
        return ByteSearch.indexOf((byte) '\n', buffer, from, length);
    }

    private void keep(int from) throws MalformedLineException {
        length -= from;
        checkLength(length + 1);
        System.arraycopy(buffer, from, buffer, 0, length);
    }

    private static void checkLength(int bytes) throws MalformedLineException {
        if (bytes > LineParser.MAX_LINE_BYTES) {
            throw new MalformedLineException("a line is longer than " + LineParser.MAX_LINE_BYTES + " bytes");
        }
    }
}
