package org.pombal.model.site;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Identity of a tag; survives renaming. */
public record TagId(UUID value) implements Comparable<TagId> {

    public TagId {
        requireNonNull(value, "value is null");
    }

    /**
     * Reads the textual form of a UUID.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID
     */
    public static TagId parse(String text) {
        return new TagId(UUID.fromString(text));
    }

    public static TagId random() {
        return new TagId(UUID.randomUUID());
    }

    @Override
    public int compareTo(TagId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
