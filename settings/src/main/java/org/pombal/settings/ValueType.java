package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * How a setting's value is read and written.
 *
 * @param allowed what may be given, as the end of the sentence "allowed is ...": {@code a whole number from 1 to 65535}
 * @param parser reads a value; throws {@link IllegalArgumentException} with the reason when it is not allowed
 * @param printer writes a value so that {@code parser} reads it back
 */
public record ValueType<T>(String allowed, Function<String, T> parser, Function<T, String> printer) {

    public ValueType {
        requireNonNull(allowed, "allowed is null");
        requireNonNull(parser, "parser is null");
        requireNonNull(printer, "printer is null");
    }

    /** @throws IllegalArgumentException with the reason, when {@code text} is not allowed */
    public T parse(String text) {
        return parser.apply(text);
    }

    public String print(T value) {
        return printer.apply(value);
    }

    /** The same type for a setting that may be left unset; an unset value prints as the empty text. */
    ValueType<Optional<T>> optional() {
        return new ValueType<>(allowed, text -> Optional.of(parse(text)), value -> value.map(this::print)
                .orElse(""));
    }
}
