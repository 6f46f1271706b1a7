package org.pombal.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or storage, written as in Dovecot's settings: a number of bytes, or a number with {@code B},
 * {@code K}, {@code M}, {@code G} or {@code T} in either case, each 1024 times the one before; {@code 64M},
 * {@code 64 MB} and {@code 64MiB} are the same.
 *
 * <p>Source: Dovecot documentation, "Setting types", size; {@code src/lib/str-parse.c} in 2.4.1.
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) *(?:B|([KMGT])I?B?)?", Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of("", "K", "M", "G", "T");

    /** @throws IllegalArgumentException if {@code bytes} is negative */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    /** @throws IllegalArgumentException with the reason, when {@code text} is not a size */
    public static ByteSize parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("not a number of bytes, K, M, G or T");
        }
        String unit = size.group(2) == null ? "" : size.group(2).toUpperCase(Locale.ROOT);
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * UNITS.indexOf(unit))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too big", e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that holds it exactly. */
    @Override
    public String toString() {
        int unit = 0;
        long number = bytes;
        while (number != 0 && number % 1024 == 0 && unit < UNITS.size() - 1) {
            number /= 1024;
            unit++;
        }
        return number + UNITS.get(unit);
    }
}
