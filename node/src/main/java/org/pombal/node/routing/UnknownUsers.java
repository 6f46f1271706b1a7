package org.pombal.node.routing;

import java.util.Locale;

/** What becomes of a user whom GeoDB does not know: the setting {@code cluster_unknown_users}. */
public enum UnknownUsers {
    /** He gets a group, and with it a backend. */
    PLACE,
    /** A temporary failure, until somebody has entered him. */
    REFUSE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
