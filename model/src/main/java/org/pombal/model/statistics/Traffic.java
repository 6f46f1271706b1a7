package org.pombal.model.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was taken to a destination. Kinds are counted apart, for one may fail while another does not. */
public enum Traffic {
    /** Users' sessions over IMAP, POP3, Submission and ManageSieve. */
    SESSIONS,
    /** Recipients of mail over LMTP. */
    DELIVERIES,
    /** Sessions of the test user, by which a destination is judged that nobody uses. */
    PROBES;

    /** Reads the lower-case name that GeoDB uses; empty for one that only a newer release knows. */
    public static Optional<Traffic> of(String text) {
        return Arrays.stream(values())
                .filter(traffic -> traffic.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
