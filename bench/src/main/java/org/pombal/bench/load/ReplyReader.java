package org.pombal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Understands what auth says, as far as a load generator must. */
final class ReplyReader {

    private static final byte[] HOST = "\thost=".getBytes(US_ASCII);

    private final boolean hostExpected;
    private boolean handshakeIsDone;

    ReplyReader(boolean hostExpected) {
        this.hostExpected = hostExpected;
    }

    boolean handshakeIsDone() {
        return handshakeIsDone;
    }

    /** Takes the whole lines of {@code input}, and leaves the beginning of a line there. */
    void take(ByteBuffer input, LoginConnection.Replies receiver) {
        int from = input.position();
        for (int i = from; i < input.limit(); i++) {
            if (input.get(i) == '\n') {
                takeLine(input, from, i, receiver);
                from = i + 1;
            }
        }
        input.position(from);
    }

    private void takeLine(ByteBuffer input, int from, int to, LoginConnection.Replies receiver) {
        if (!handshakeIsDone) {
            handshakeIsDone = input.get(from) == 'D';
            return;
        }
        boolean isOk = input.get(from) == 'O';
        int at = from + (isOk ? "OK\t" : "FAIL\t").length();
        long id = 0;
        for (; at < to && input.get(at) != '\t'; at++) {
            id = id * 10 + input.get(at) - '0';
        }
        receiver.reply(id, isOk && hasHost(input, at, to) == hostExpected);
    }

    private static boolean hasHost(ByteBuffer input, int from, int to) {
        for (int i = from; i + HOST.length < to; i++) {
            if (input.get(i) == '\t' && input.get(i + 1) == 'h' && startsWithHost(input, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWithHost(ByteBuffer input, int from) {
        for (int i = 0; i < HOST.length; i++) {
            if (input.get(from + i) != HOST[i]) {
                return false;
            }
        }
        return true;
    }
}
