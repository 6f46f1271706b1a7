package org.pombal.model.lease;

import java.util.Arrays;
import java.util.Locale;

/** What a lease's row says about its incarnation. */
public enum LeaseState {
    /** Whoever holds it renews it. */
    HELD,
    /** Somebody saw it stand still for long enough; it cannot be renewed any more. */
    BROKEN,
    /** Its holder has given it back when none of its processes was left. */
    RELEASED;

    /**
     * Reads the lower-case name that GeoDB uses.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static LeaseState parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a state of a lease; it is one of held, broken, released"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
