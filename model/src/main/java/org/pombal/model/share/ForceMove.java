package org.pombal.model.share;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an operator wants of a site's or a backend's users: a share of them is to be elsewhere.
 *
 * @param <D> the id of a site, or of a backend
 * @param destinations where they go; at least one
 */
public record ForceMove<D extends Comparable<D>>(UserShare share, SortedSet<D> destinations) {

    /** @throws IllegalArgumentException without a destination */
    public ForceMove {
        requireNonNull(share, "share is null");
        destinations = Collections.unmodifiableSortedSet(new TreeSet<>(destinations));
        if (destinations.isEmpty()) {
            throw new IllegalArgumentException("users cannot be moved without a destination");
        }
    }

    public ForceMove<D> withPercentage(int percentage) {
        return new ForceMove<>(share.withPercentage(percentage), destinations);
    }
}
