package org.pombal.geodb.migration;

import java.util.Comparator;

/**
 * How far a schema has come.
 *
 * @param major grows when something is taken away that the release before still uses; such a release refuses the schema
 * @param step counts the migrations of a major version, from 1; they only add, so that older releases go on
 */
public record SchemaVersion(int major, int step) implements Comparable<SchemaVersion> {

    private static final Comparator<SchemaVersion> ORDER =
            Comparator.comparingInt(SchemaVersion::major).thenComparingInt(SchemaVersion::step);

    public SchemaVersion {
        if (major < 1 || step < 1) {
            throw new IllegalArgumentException("schema versions begin at 1.001, not " + major + "." + step);
        }
    }

    @Override
    public int compareTo(SchemaVersion other) {
        return ORDER.compare(this, other);
    }

    /** Such as {@code 1.004}. */
    @Override
    public String toString() {
        return "%d.%03d".formatted(major, step);
    }
}
