package org.pombal.controller.change;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * What stands after a change.
 *
 * @param result what was changed, as it is now
 * @param warnings what the caller should know beyond that, in sentences
 */
public record Changed<T>(T result, List<String> warnings) {

    public Changed {
        requireNonNull(result, "result is null");
        warnings = List.copyOf(warnings);
    }

    /** The same with one warning more. */
    public Changed<T> with(String warning) {
        return new Changed<>(
                result, Stream.concat(warnings.stream(), Stream.of(warning)).toList());
    }
}
