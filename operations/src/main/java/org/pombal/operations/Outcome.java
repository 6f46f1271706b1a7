package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;

/**
 * How an operation ended.
 *
 * @param <T> what stands now
 */
public sealed interface Outcome<T> {

    /** @param warnings what the operator should know beyond that, in sentences */
    record Done<T>(T value, List<String> warnings) implements Outcome<T> {
        public Done {
            requireNonNull(value, "value is null");
            warnings = List.copyOf(warnings);
        }
    }

    /** It was not done, or not all of it; the obstacle says which. */
    record NotDone<T>(Obstacle obstacle) implements Outcome<T> {
        public NotDone {
            requireNonNull(obstacle, "obstacle is null");
        }
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value, List.of());
    }

    default <R> Outcome<R> map(Function<T, R> mapping) {
        return this instanceof Done<T> done
                ? new Done<>(mapping.apply(done.value()), done.warnings())
                : new NotDone<>(((NotDone<T>) this).obstacle());
    }
}
