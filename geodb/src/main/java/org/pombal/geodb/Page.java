package org.pombal.geodb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A part of a long listing.
 *
 * @param next what to ask with for the following page; empty on the last one
 */
public record Page<T>(List<T> rows, Optional<PageToken> next) {

    public Page {
        rows = List.copyOf(rows);
        requireNonNull(next, "next is null");
    }
}
