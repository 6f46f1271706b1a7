package org.pombal.settings;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of values that settings commonly have. A type of one's own is a {@link ValueType}. */
public final class ValueTypes {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private static final Pattern LIST_SEPARATOR = Pattern.compile("\\s*,\\s*|\\s+");

    private ValueTypes() {}

    /** Text of at least one character, without control characters. */
    public static ValueType<String> text() {
        return new ValueType<>("text, not empty", ValueTypes::parseText, Function.identity());
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public static ValueType<Integer> wholeNumber(int min, int max) {
        return new ValueType<>(
                "a whole number from " + min + " to " + max,
                text -> Math.toIntExact(parseNumber(text, min, max)),
                Object::toString);
    }

    /** A whole number of {@code unit} (in the plural, as "connections") from {@code min} to {@code max}. */
    public static ValueType<Integer> wholeNumber(int min, int max, String unit) {
        ValueType<Integer> number = wholeNumber(min, max);
        return new ValueType<>(number.allowed() + " (" + unit + ")", number.parser(), number.printer());
    }

    /** A whole number of 64 bits from {@code min} to {@code max}, both included. */
    public static ValueType<Long> longNumber(long min, long max) {
        return new ValueType<>(
                "a whole number from " + min + " to " + max, text -> parseNumber(text, min, max), Object::toString);
    }

    /** A number, with a point if it has a fraction, from {@code min} to {@code max}, both included. */
    public static ValueType<Double> decimal(double min, double max) {
        return new ValueType<>(
                "a number from " + printed(min) + " to " + printed(max),
                text -> parseDecimal(text, min, max),
                ValueTypes::printed);
    }

    private static double parseDecimal(String text, double min, double max) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number such as 0.25");
        }
        double value = Double.parseDouble(text);
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("outside that range");
        }
        return value;
    }

    private static String printed(double value) {
        return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
    }

    /** {@code yes} or {@code no}; {@code true}, {@code false}, {@code 1} and {@code 0} mean the same. */
    public static ValueType<Boolean> yesNo() {
        return new ValueType<>("yes or no", ValueTypes::parseYesNo, value -> value ? "yes" : "no");
    }

    /** A time span in {@link TimeSpans Dovecot's notation} from {@code min} to {@code max}, both included. */
    public static ValueType<Duration> duration(Duration min, Duration max) {
        String range = TimeSpans.print(min) + " to " + TimeSpans.print(max);
        return new ValueType<>(
                "a time from " + range + ", with its unit (ms, s, min, h, d, w)",
                text -> inRange(TimeSpans.parse(text), min, max),
                TimeSpans::print);
    }

    /** An amount of memory or storage from {@code min} to {@code max}, both included. */
    public static ValueType<ByteSize> size(ByteSize min, ByteSize max) {
        return new ValueType<>(
                "a size from " + min + " to " + max + " (bytes, or with B, K, M, G or T)",
                text -> inRange(ByteSize.parse(text), min, max),
                ByteSize::toString);
    }

    /** One of an enum's constants, by {@link Enum#toString()}, whatever the letters' case. */
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> choices) {
        E[] constants = choices.getEnumConstants();
        String names = Arrays.stream(constants).map(Enum::toString).collect(joining(", "));
        return new ValueType<>(
                "one of " + names,
                text -> Arrays.stream(constants)
                        .filter(constant -> constant.toString().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no such choice")),
                Enum::toString);
    }

    /** One or more elements, between commas or spaces. */
    public static <T> ValueType<List<T>> listOf(ValueType<T> element) {
        return new ValueType<>(
                "a list, between commas or spaces, each element being " + element.allowed(),
                text -> parseList(text, element),
                values -> values.stream().map(element::print).collect(joining(", ")));
    }

    /** A host by name (RFC 1123) or by IPv4 or IPv6 address; names are put in lower case. Nothing is resolved. */
    public static ValueType<String> host() {
        return new ValueType<>("a host name or IP address", Hosts::parse, Function.identity());
    }

    /** An absolute path; nothing is said about what is there. */
    public static ValueType<Path> path() {
        return new ValueType<>("an absolute path", ValueTypes::parsePath, Path::toString);
    }

    private static String parseText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("has a control character in it");
        }
        return text;
    }

    private static long parseNumber(String text, long min, long max) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number", e);
        }
        return inRange(number, min, max);
    }

    private static <T extends Comparable<T>> T inRange(T value, T min, T max) {
        if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException("too small");
        }
        if (value.compareTo(max) > 0) {
            throw new IllegalArgumentException("too big");
        }
        return value;
    }

    private static Boolean parseYesNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "y", "true", "1" -> true;
            case "no", "n", "false", "0" -> false;
            default -> throw new IllegalArgumentException("neither yes nor no");
        };
    }

    private static <T> List<T> parseList(String text, ValueType<T> element) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return LIST_SEPARATOR.splitAsStream(text.strip()).map(element::parse).toList();
    }

    private static Path parsePath(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("does not begin with '/'");
        }
        return path.normalize();
    }
}
