package org.pombal.dovecot.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The escaping inside a field: 0x01 followed by {@code 0 1 t r n} stands for NUL, 0x01, TAB, CR, LF; before any other
 * byte the 0x01 is dropped, and at the end of a field it stands for nothing.
 *
 * <p>Source: {@code str_append_tabescaped} and {@code str_tabunescape} in Dovecot's {@code src/lib/strescape.c}.
 */
public final class TabEscape {

    private static final byte ESCAPE = 0x01;

    private TabEscape() {}

    /** The byte to write after 0x01 for {@code raw}, or 0 if it needs no escaping. */
    static byte escapeCode(byte raw) {
        return switch (raw) {
            case 0 -> '0';
            case ESCAPE -> '1';
            case '\t' -> 't';
            case '\r' -> 'r';
            case '\n' -> 'n';
            default -> 0;
        };
    }

    /**
     * Decodes the bytes of a field as UTF-8.
     *
     * @throws MalformedLineException if they are not UTF-8
     */
    static String decode(byte[] data, int from, int to) throws MalformedLineException {
        int simple = from;
        while (simple < to && data[simple] > ESCAPE) {
            simple++;
        }
        if (simple == to) {
            // ISO 8859-1 is UTF-8 for plain ASCII, and the JDK decodes it by copying.
            return new String(data, from, to - from, StandardCharsets.ISO_8859_1);
        }
        ByteBuffer raw = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            if (data[i] != ESCAPE) {
                raw.put(data[i]);
            } else if (++i < to) {
                raw.put(unescape(data[i]));
            }
        }
        raw.flip();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(raw)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedLineException("a field is not UTF-8");
        }
    }

    private static byte unescape(byte code) {
        return switch (code) {
            case '0' -> 0;
            case '1' -> ESCAPE;
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> code;
        };
    }
}
