package org.pombal.model.statistics;

import java.util.Arrays;
import java.util.Locale;

/** What went wrong at a destination. */
public enum FailureKind {
    /** No connection came about. */
    CONNECT,
    /** The destination refused a user whom the proxy had let in. */
    AUTHENTICATION,
    /** Anything else: the connection broke, the answer made no sense, mail was not taken. */
    OTHER;

    /** Reads the lower-case name that GeoDB uses. What only a newer release tells apart is {@link #OTHER}. */
    public static FailureKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(text))
                .findFirst()
                .orElse(OTHER);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
