package org.pombal.dovecot.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over the fields of one line, command first. It looks at the bytes in place and decodes only what is asked
 * for: each login passes here twice. Reusable for the next line; not for several threads.
 */
final class LineFields {

    private static final int MAX_ID_DIGITS = 10;
    private static final long MAX_ID = 0xffff_ffffL;

    private byte[] data = new byte[0];
    private int end;
    private int fieldStart;
    private int fieldEnd;

    /** Puts the cursor before the first field of the line at {@code [from, to)}, which has no newline. */
    void reset(byte[] line, int from, int to) {
        data = line;
        end = to;
        fieldEnd = from - 1;
    }

    /** Goes to the next field; false if there is none. */
    boolean next() {
        if (fieldEnd >= end) {
            return false;
        }
        fieldStart = fieldEnd + 1;
        fieldEnd = ByteSearch.indexOf((byte) '\t', data, fieldStart, end);
        return true;
    }

    /** The name of the field, be it {@code name} or {@code name=value}; {@link FieldName#OTHER} if nobody looks at it. */
    FieldName name() {
        return FieldName.at(data, fieldStart, fieldEnd);
    }

    /** Whether the whole field is this ASCII text. */
    boolean is(String text) {
        return fieldEnd - fieldStart == text.length() && isAt(fieldStart, text);
    }

    private boolean isAt(int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (data[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What stands after the first {@code =}; empty if there is none. */
    String value() throws MalformedLineException {
        int equalsAt = ByteSearch.indexOf((byte) '=', data, fieldStart, fieldEnd);
        return equalsAt == fieldEnd ? "" : TabEscape.decode(data, equalsAt + 1, fieldEnd);
    }

    /** Whether {@link #value} is this ASCII text; decodes nothing. */
    boolean hasValue(String text) {
        int valueAt = ByteSearch.indexOf((byte) '=', data, fieldStart, fieldEnd) + 1;
        return fieldEnd - valueAt == text.length() && isAt(valueAt, text);
    }

    /** The whole field, also where it contains {@code =}. */
    String text() throws MalformedLineException {
        return TabEscape.decode(data, fieldStart, fieldEnd);
    }

    /** The bytes of the whole field, as they are. */
    byte[] raw() {
        return Arrays.copyOfRange(data, fieldStart, fieldEnd);
    }

    /** The bytes after the first {@code =}, as they are. */
    byte[] rawValue() {
        int equalsAt = ByteSearch.indexOf((byte) '=', data, fieldStart, fieldEnd);
        return equalsAt == fieldEnd ? new byte[0] : Arrays.copyOfRange(data, equalsAt + 1, fieldEnd);
    }

    /** The field as a request id: decimal, unsigned 32 bit. */
    long id() throws MalformedLineException {
        int length = fieldEnd - fieldStart;
        if (length == 0 || length > MAX_ID_DIGITS) {
            throw new MalformedLineException("a request id has " + length + " digits");
        }
        long id = 0;
        for (int i = fieldStart; i < fieldEnd; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedLineException("a request id is not a number");
            }
            id = id * 10 + digit;
        }
        if (id > MAX_ID) {
            throw new MalformedLineException("a request id is larger than " + MAX_ID);
        }
        return id;
    }

    /** The id in the field that must follow. */
    long nextId() throws MalformedLineException {
        if (!next()) {
            throw new MalformedLineException("a request id is missing");
        }
        return id();
    }

    @Override
    public String toString() {
        // Only the command: the rest may hold a password.
        int commandEnd = 0;
        while (commandEnd < end && data[commandEnd] >= 'A' && data[commandEnd] <= 'Z') {
            commandEnd++;
        }
        return new String(data, 0, commandEnd, StandardCharsets.US_ASCII);
    }
}
