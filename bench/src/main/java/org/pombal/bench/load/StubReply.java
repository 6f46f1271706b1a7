package org.pombal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Answers the {@code AUTH} lines in a buffer; other lines, as the handshake, need no answer. */
final class StubReply {

    private static final byte[] OK = "OK\t".getBytes(US_ASCII);
    private static final byte[] USER = "\tuser=".getBytes(US_ASCII);
    private static final byte[] PROXY = "\tproxy\tpass=secret\n".getBytes(US_ASCII);
    private static final int RESP_LENGTH = "resp=".length();

    /** Takes the whole lines of {@code input}, and leaves the beginning of a line there. */
    void answer(ByteBuffer input, ByteBuffer output) {
        int from = input.position();
        for (int i = from; i < input.limit(); i++) {
            if (input.get(i) == '\n') {
                answerLine(input, from, i, output);
                from = i + 1;
            }
        }
        input.position(from);
    }

    private static void answerLine(ByteBuffer input, int from, int to, ByteBuffer output) {
        if (input.get(from) != 'A') {
            return;
        }
        int idFrom = from + "AUTH\t".length();
        output.put(OK);
        for (int i = idFrom; input.get(i) != '\t'; i++) {
            output.put(input.get(i));
        }
        byte[] message = plainMessage(input, to);
        int nameEnd = 1;
        while (message[nameEnd] != 0) {
            nameEnd++;
        }
        output.put(USER).put(Arrays.copyOfRange(message, 1, nameEnd)).put(PROXY);
    }

    /** RFC 4616: NUL, user, NUL, password. {@code resp=} is the last field of the line. */
    private static byte[] plainMessage(ByteBuffer input, int to) {
        int from = to;
        while (input.get(from - 1) != '\t') {
            from--;
        }
        byte[] encoded = new byte[to - from - RESP_LENGTH];
        input.get(from + RESP_LENGTH, encoded);
        return Base64.getDecoder().decode(encoded);
    }
}
