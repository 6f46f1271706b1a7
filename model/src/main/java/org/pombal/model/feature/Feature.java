package org.pombal.model.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Something that a site's controller does by itself; each is switched for each site. */
public enum Feature {
    /** Takes broken backends offline and moves users away from degraded ones. */
    ERROR_MITIGATION,
    /** Moves user groups between backends, and users between groups and sites, to balance load. */
    LOAD_BALANCING,
    /** Has as many backends started, and empties as many, as the site should have. */
    AUTOSCALING,
    /** Answers {@code /metrics}. */
    METRICS;

    /**
     * Reads the name that API and GeoDB use: lower case, with hyphens.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static Feature parse(String text) {
        return Arrays.stream(values())
                .filter(feature -> feature.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a feature; it is one of "
                        + Arrays.stream(values()).map(Feature::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
