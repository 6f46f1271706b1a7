package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

/** The name of a node that votes: its host name, with {@code proxy} or {@code backend} before it. */
public record VoterId(String value) implements Comparable<VoterId> {

    public VoterId {
        requireNonNull(value, "value is null");
        if (value.isBlank()) {
            throw new IllegalArgumentException("a voter needs a name");
        }
    }

    @Override
    public int compareTo(VoterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
