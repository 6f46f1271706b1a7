package org.pombal.model.backend;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Identity of a backend; a backend that is removed and added again may keep it. */
public record BackendId(UUID value) implements Comparable<BackendId> {

    public BackendId {
        requireNonNull(value, "value is null");
    }

    /**
     * Reads the textual form of a UUID.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID
     */
    public static BackendId parse(String text) {
        return new BackendId(UUID.fromString(text));
    }

    public static BackendId random() {
        return new BackendId(UUID.randomUUID());
    }

    @Override
    public int compareTo(BackendId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
