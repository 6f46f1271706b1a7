package org.pombal.model.site;

import java.util.Arrays;
import java.util.Locale;

/** What a site does with users, as {@code doveadm cluster site update --status} names it. */
public enum SiteStatus {
    /** Reachable and takes users. */
    ONLINE,
    /** Not reachable. */
    OFFLINE,
    /** Reachable, takes no new users. */
    STANDBY,
    /** Being emptied of all users. */
    EVACUATE;

    /**
     * Reads the lower-case name that commands, API and GeoDB use.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static SiteStatus parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a site status; it is one of online, offline, standby, evacuate"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
