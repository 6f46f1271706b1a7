package org.pombal.model.node;

import java.util.Arrays;
import java.util.Locale;

/** What a node stands beside. */
public enum NodeRole {
    /** A Dovecot proxy. */
    PROXY,
    /** A Dovecot backend. */
    BACKEND;

    /**
     * Reads the lower-case name that GeoDB uses.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static NodeRole parse(String text) {
        return Arrays.stream(values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a role of a node; it is one of proxy, backend"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
