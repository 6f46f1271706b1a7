package org.pombal.model.user;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * The normalised name under which a user is placed: the authenticated name with ASCII letters in lower case.
 *
 * <p>Two mailboxes whose names differ only in case share a key and so a backend, which is always safe; two spellings of
 * one mailbox with different keys would not be. Dovecot lower-cases ASCII only, and so does this.
 *
 * <p>Keys are ordered by UTF-16 code units.
 */
public record UserKey(String value) implements Comparable<UserKey> {

    /** The longest key in UTF-8 bytes; Dovecot's login processes cut names off far earlier. */
    public static final int MAX_BYTES = 512;

    /** @throws IllegalArgumentException if empty, too long, or with control characters; the text is not repeated */
    public UserKey {
        requireNonNull(value, "value is null");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a user name is empty");
        }
        if (isTooLong(value)) {
            throw new IllegalArgumentException("a user name is longer than " + MAX_BYTES + " bytes");
        }
        value = lowerCaseAscii(value);
    }

    private static boolean isTooLong(String text) {
        // A char takes three bytes at most, so most names need not be encoded to know.
        return text.length() > MAX_BYTES / 3
                && (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
    }

    private static String lowerCaseAscii(String text) {
        StringBuilder lower = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("a user name has a control character");
            }
            if (c >= 'A' && c <= 'Z') {
                if (lower == null) {
                    lower = new StringBuilder(text);
                }
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower == null ? text : lower.toString();
    }

    @Override
    public int compareTo(UserKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
