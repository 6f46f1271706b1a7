package org.pombal.node.relay;

import java.util.Locale;

/** Why a relayed connection ended. */
enum CloseReason {
    /** A Dovecot process closed its side. */
    CLIENT_CLOSED,
    /** Dovecot's auth closed its side. */
    AUTH_CLOSED,
    /** Dovecot's auth could not be reached. */
    AUTH_UNREACHABLE,
    /** A line no Dovecot would send. */
    MALFORMED,
    /** Reading or writing failed. */
    IO_ERROR,
    /** A bug of ours. */
    INTERNAL_ERROR,
    /** The node stops. */
    STOPPING;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
