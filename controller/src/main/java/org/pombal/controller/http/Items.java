package org.pombal.controller.http;

import java.util.List;
import java.util.Optional;

/**
 * A list, or a part of one.
 *
 * @param items perhaps fewer than asked for, even none, with more to come
 * @param next what to ask with for the following part, as {@code cursor}; absent on the last one
 */
public record Items<T>(List<T> items, Optional<String> next) {

    public Items {
        items = List.copyOf(items);
    }

    /** A whole list. */
    public static <T> Items<T> all(List<T> items) {
        return new Items<>(items, Optional.empty());
    }
}
