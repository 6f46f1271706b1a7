package org.pombal.commands;

import static java.util.Objects.requireNonNull;

/**
 * A pattern for names, as doveadm has it: {@code *} stands for any characters, {@code ?} for one; everything else for
 * itself, capitals and small letters being different.
 */
public record Mask(String pattern) {

    /** Everything. */
    public static final Mask ALL = new Mask("*");

    static final int MAX_LENGTH = 512;

    /** @throws IllegalArgumentException if empty, longer than 512 characters, or with a control character */
    public Mask {
        requireNonNull(pattern, "pattern is null");
        if (!isMask(pattern)) {
            throw new IllegalArgumentException(
                    "a mask has 1 to " + MAX_LENGTH + " characters without control characters; '*' is all");
        }
    }

    static boolean isMask(String text) {
        return !text.isEmpty() && Texts.isReadable(text, MAX_LENGTH);
    }

    /** Takes time proportional to both lengths at most: on a mismatch only the last star is tried again. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int afterStar = -1;
        int retry = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                afterStar = ++p;
                retry = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (afterStar >= 0) {
                p = afterStar;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
