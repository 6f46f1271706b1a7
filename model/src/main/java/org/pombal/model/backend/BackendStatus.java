package org.pombal.model.backend;

import java.util.Arrays;
import java.util.Locale;

/** What a backend does with new sessions, as {@code doveadm cluster backend update --status} names it. */
public enum BackendStatus {
    /** Reachable and takes sessions. */
    ONLINE,
    /** Not reachable; comes back online by itself when it is healthy again. */
    OFFLINE,
    /** Reachable, takes no new sessions; only an operator changes this. New backends start so. */
    STANDBY;

    /**
     * Reads the lower-case name that commands, API and GeoDB use.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static BackendStatus parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a backend status; it is one of online, offline, standby"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
