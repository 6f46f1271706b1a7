package org.pombal.dovecot.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one line; field values are escaped. */
public final class LineBuilder {

    private static final byte[] DIGITS = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[256];
    private int length;

    /** Starts with the command, in ASCII. */
    public LineBuilder(String command) {
        raw(command);
    }

    /** Starts with a copy of an existing line, to which fields are added. */
    public LineBuilder(byte[] line, int from, int to) {
        reserve(to - from);
        System.arraycopy(line, from, bytes, 0, to - from);
        length = to - from;
    }

    /** Adds an unsigned number as a field of its own. */
    public LineBuilder number(long number) {
        put((byte) '\t');
        return digits(number);
    }

    /** Adds {@code name} alone. */
    public LineBuilder flag(String name) {
        put((byte) '\t');
        return raw(name);
    }

    /** Adds {@code name=value}. */
    public LineBuilder field(String name, String value) {
        flag(name);
        put((byte) '=');
        for (byte raw : value.getBytes(StandardCharsets.UTF_8)) {
            byte code = TabEscape.escapeCode(raw);
            if (code == 0) {
                put(raw);
            } else {
                put((byte) 0x01);
                put(code);
            }
        }
        return this;
    }

    /** Adds {@code name=number}. */
    public LineBuilder field(String name, long number) {
        flag(name);
        put((byte) '=');
        return digits(number);
    }

    /** The line with its newline. */
    public byte[] build() {
        byte[] line = Arrays.copyOf(bytes, length + 1);
        line[length] = '\n';
        return line;
    }

    private LineBuilder raw(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put((byte) ascii.charAt(i));
        }
        return this;
    }

    private LineBuilder digits(long number) {
        if (number >= 10) {
            digits(number / 10);
        }
        put(DIGITS[(int) (number % 10)]);
        return this;
    }

    private void put(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
