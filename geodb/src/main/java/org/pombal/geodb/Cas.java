package org.pombal.geodb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a compare-and-set ended.
 *
 * @param <T> the row
 */
public sealed interface Cas<T> {

    /** The row stands as it was asked for; {@code row} carries its new version. */
    record Applied<T>(T row) implements Cas<T> {
        public Applied {
            requireNonNull(row, "row is null");
        }
    }

    /** Somebody else was first; {@code current} is what stands, or empty if there is no such row. */
    record Lost<T>(Optional<T> current) implements Cas<T> {
        public Lost {
            requireNonNull(current, "current is null");
        }
    }
}
