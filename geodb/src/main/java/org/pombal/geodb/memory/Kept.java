package org.pombal.geodb.memory;

import java.util.Optional;

/** A row that is retired, never deleted, so that its version goes on. */
record Kept<T>(T row, boolean retired) {

    static <T> Kept<T> of(T row) {
        return new Kept<>(row, false);
    }

    static <T> Optional<T> present(Optional<Kept<T>> kept) {
        return kept.filter(row -> !row.retired()).map(Kept::row);
    }
}
