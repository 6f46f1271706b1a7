package org.pombal.model.node;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Cassandra's data centres.
 *
 * @param local the one whose servers are asked
 * @param all that there are, this one among them
 */
public record DataCentres(String local, SortedSet<String> all) {

    public DataCentres {
        requireNonNull(local, "local is null");
        all = Collections.unmodifiableSortedSet(new TreeSet<>(all));
        if (!all.contains(local)) {
            throw new IllegalArgumentException("data centre " + local + " is not among " + all);
        }
    }

    public DataCentres(String local, Set<String> all) {
        this(local, new TreeSet<>(all));
    }

    public boolean isOnlyOne() {
        return all.size() == 1;
    }
}
