package org.pombal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Writes the lines of a login process of Dovecot 2.3: the handshake, and logins by PLAIN. Not for several threads. */
final class Login {

    static final String HANDSHAKE = "VERSION\t1\t2\nCPID\t12358\n";

    private static final byte[] AUTH = "AUTH\t".getBytes(US_ASCII);
    private static final byte[] FIELDS = ("\tPLAIN\tservice=imap\tsecured\tsession=gpXq3c4mTLwKAAAB\tlip=192.0.2.21"
                    + "\trip=198.51.100.7\tlport=143\trport=41336\tresp=")
            .getBytes(US_ASCII);
    private static final int DIGITS_AT = 1 + "user".length();
    private static final int DIGITS = 8;

    private final byte[] message = "\0user00000000@example.com\0secret".getBytes(US_ASCII);
    private final byte[] encoded = new byte[(message.length + 2) / 3 * 4];
    private final byte[] id = new byte[10];

    /** Appends a request. */
    void write(ByteBuffer output, long requestId, int user) {
        int rest = user;
        for (int i = DIGITS - 1; i >= 0; i--) {
            message[DIGITS_AT + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        Base64.getEncoder().encode(message, encoded);
        output.put(AUTH);
        writeNumber(output, requestId);
        output.put(FIELDS).put(encoded).put((byte) '\n');
    }

    private void writeNumber(ByteBuffer output, long number) {
        int at = id.length;
        long rest = number;
        do {
            id[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        output.put(id, at, id.length - at);
    }
}
