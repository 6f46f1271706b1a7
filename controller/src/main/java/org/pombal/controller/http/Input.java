package org.pombal.controller.http;

import java.util.Optional;
import java.util.function.Function;

/** Values of requests, read for what they have to be; a wrong one ends the request with 400. */
public final class Input {

    private static final int MAX_NAME = 255;
    private static final int MAX_REPEATED = 100;

    private Input() {}

    /** @param parse throws {@link IllegalArgumentException} that says what is wrong with the value */
    public static <T> T parse(String field, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(field + ": " + e.getMessage());
        }
    }

    public static <T> Optional<T> parse(String field, Optional<String> value, Function<String, T> parse) {
        return value.map(text -> parse(field, text, parse));
    }

    /** A value of the query that is true, false, or not there. */
    public static Optional<Boolean> flag(String field, Optional<String> value) {
        return parse(field, value, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + shortened(text) + "' is neither true nor false");
        });
    }

    /** What somebody sent, as far as it is worth repeating. */
    static String shortened(String text) {
        return text.length() > MAX_REPEATED ? text.substring(0, MAX_REPEATED) + "..." : text;
    }

    /** A name that is not blank and not absurdly long, without control characters. */
    public static String name(String field, String value) {
        return parse(field, value, text -> {
            if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "1 to " + MAX_NAME + " characters, not blank, and no control characters among them");
            }
            return text;
        });
    }

    /** Whether anything is given. */
    public static void requireAny(Optional<?>... fields) {
        for (Optional<?> field : fields) {
            if (field.isPresent()) {
                return;
            }
        }
        throw ProblemException.badRequest("nothing is to be changed: the body has none of the fields");
    }
}
