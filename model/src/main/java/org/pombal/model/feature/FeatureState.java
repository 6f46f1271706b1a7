package org.pombal.model.feature;

import java.util.Arrays;
import java.util.Locale;

/** How far a feature goes. */
public enum FeatureState {
    /** Nothing is decided. */
    OFF,
    /** What would be done is decided, shown and logged, and not done. */
    DRYRUN,
    /** It is done. */
    ON;

    /**
     * Reads the lower-case name that API and GeoDB use.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static FeatureState parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not the state of a feature; it is one of off, dryrun, on"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
