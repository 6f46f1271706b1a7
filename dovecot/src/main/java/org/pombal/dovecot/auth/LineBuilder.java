package org.pombal.dovecot.auth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one line; field values are escaped. */
public final class LineBuilder {

    private static final byte[] DIGITS = "0123456789".getBytes(StandardCharsets.US_ASCII);

    /** Room for what is usually added. */
    private static final int MORE = 96;

    private byte[] bytes;
    private int length;

    /** Starts with the command, in ASCII. */
    public LineBuilder(String command) {
        bytes = new byte[MORE];
        raw(command);
    }

    /** Starts with a copy of an existing line, to which fields are added. */
    public LineBuilder(byte[] line, int from, int to) {
        length = to - from;
        bytes = new byte[length + MORE];
        System.arraycopy(line, from, bytes, 0, length);
    }

    /**
     * Starts with a copy of an existing line and adds fields to it.
     *
     * @param fields as {@link #fields()} gives them
     */
    public LineBuilder(byte[] line, int from, int to, byte[] fields) {
        int lineLength = to - from;
        length = lineLength + fields.length;
        bytes = new byte[length + 1]; // just what build() will want
        System.arraycopy(line, from, bytes, 0, lineLength);
        System.arraycopy(fields, 0, bytes, lineLength, fields.length);
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
        if (isPlain(value)) {
            return raw(value);
        }
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

    /** Whether it is printable ASCII, as nearly all values are: one byte for each character, nothing to escape. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Adds {@code name=number}. */
    public LineBuilder field(String name, long number) {
        flag(name);
        put((byte) '=');
        return digits(number);
    }

    /** Adds {@code name=address}, as {@link InetAddress#getHostAddress} writes it. */
    public LineBuilder field(String name, InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return field(name, address.getHostAddress());
        }
        flag(name);
        char separator = '=';
        for (byte part : address.getAddress()) {
            put((byte) separator);
            digits(Byte.toUnsignedInt(part));
            separator = '.';
        }
        return this;
    }

    /** The line with its newline. The builder is of no more use then. */
    public byte[] build() {
        byte[] line = bytes.length == length + 1 ? bytes : Arrays.copyOf(bytes, length + 1);
        line[length] = '\n';
        return line;
    }

    /** What was written so far, without newline, to be added to other lines. */
    public byte[] fields() {
        return Arrays.copyOf(bytes, length);
    }

    private LineBuilder raw(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += ascii.length();
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
