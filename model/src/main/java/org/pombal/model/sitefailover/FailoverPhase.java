package org.pombal.model.sitefailover;

import java.util.Arrays;
import java.util.Locale;

/** How far the failover of a site has come. */
public enum FailoverPhase {
    /** There is none: the site serves its users. */
    NONE,
    /** It is going to begin, unless the site comes back: nodes of the site that read this do not trust on. */
    DECLARED,
    /** Other sites take the site's users over, one by one; the site serves nobody. */
    ACTIVE,
    /** The site serves those that are at home in it, and the others come home little by little. */
    RECOVERING;

    /**
     * Reads the lower-case name that commands, API and GeoDB use.
     *
     * @throws IllegalArgumentException naming the value
     */
    public static FailoverPhase parse(String text) {
        return Arrays.stream(values())
                .filter(phase -> phase.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no phase of a site's failover"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
