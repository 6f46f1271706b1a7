package org.pombal.model.site;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Identity of a site; survives renaming. */
public record SiteId(UUID value) implements Comparable<SiteId> {

    public SiteId {
        requireNonNull(value, "value is null");
    }

    /**
     * Reads the textual form of a UUID.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID
     */
    public static SiteId parse(String text) {
        return new SiteId(UUID.fromString(text));
    }

    public static SiteId random() {
        return new SiteId(UUID.randomUUID());
    }

    @Override
    public int compareTo(SiteId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
