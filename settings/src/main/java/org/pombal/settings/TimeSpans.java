package org.pombal.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time spans as Dovecot's settings write them: a number and a unit, of which any beginning will do, in either case:
 * {@code 500ms}, {@code 5s}, {@code 30 secs}, {@code 1 min}, {@code 2 hours}, {@code 1d}, {@code 4 weeks}. A lone
 * {@code m} is minutes. Only 0 may stand without a unit.
 *
 * <p>Source: Dovecot documentation, "Setting types", time and time_msecs; {@code src/lib/str-parse.c} in 2.4.1.
 */
public final class TimeSpans {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,18}) *([a-z]*)", Pattern.CASE_INSENSITIVE);

    private record Unit(String symbol, Duration length, List<String> names) {

        boolean isCalled(String text) {
            return names.stream().anyMatch(name -> name.startsWith(text));
        }
    }

    /** Longest first, which also makes a lone "m" minutes. */
    private static final List<Unit> UNITS = List.of(
            new Unit("w", Duration.ofDays(7), List.of("weeks")),
            new Unit("d", Duration.ofDays(1), List.of("days")),
            new Unit("h", Duration.ofHours(1), List.of("hours")),
            new Unit("min", Duration.ofMinutes(1), List.of("mins", "minutes")),
            new Unit("s", Duration.ofSeconds(1), List.of("secs", "seconds")),
            new Unit("ms", Duration.ofMillis(1), List.of("msecs", "mseconds", "millisecs", "milliseconds")));

    private TimeSpans() {}

    /** @throws IllegalArgumentException with the reason, when {@code text} is not a time span */
    public static Duration parse(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new IllegalArgumentException("not a number and a unit of time");
        }
        long number = Long.parseLong(span.group(1));
        String unit = span.group(2).toLowerCase(Locale.ROOT);
        if (unit.isEmpty()) {
            if (number == 0) {
                return Duration.ZERO;
            }
            throw new IllegalArgumentException("the unit is missing (add 's' for seconds, for example)");
        }
        return UNITS.stream()
                .filter(candidate -> candidate.isCalled(unit))
                .findFirst()
                .map(known -> times(known.length, number))
                .orElseThrow(() -> new IllegalArgumentException("'" + unit + "' is not a unit of time"));
    }

    /**
     * Writes a span in the longest unit that holds it exactly: {@code 90 s}, {@code 2 min}, {@code 1 d}. What is finer
     * than a millisecond is dropped.
     */
    public static String print(Duration span) {
        if (span.toMillis() == 0) {
            return "0 s";
        }
        return UNITS.stream()
                .filter(unit -> span.toMillis() % unit.length.toMillis() == 0)
                .findFirst()
                .map(unit -> span.toMillis() / unit.length.toMillis() + " " + unit.symbol)
                .orElseThrow();
    }

    private static Duration times(Duration length, long number) {
        try {
            return length.multipliedBy(number);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too big", e);
        }
    }
}
