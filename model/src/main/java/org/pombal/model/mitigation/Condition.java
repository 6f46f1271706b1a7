package org.pombal.model.mitigation;

/** How a destination does. */
public enum Condition {
    /** Too little is known. */
    UNKNOWN,
    HEALTHY,
    /** Serves, but fails too often or too slowly. */
    DEGRADED,
    /** Serves nobody to speak of. */
    BROKEN;

    boolean isFailing() {
        return this == DEGRADED || this == BROKEN;
    }
}
