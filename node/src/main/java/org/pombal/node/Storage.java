package org.pombal.node;

import java.util.Locale;

/** Where mailboxes are: the setting {@code cluster_storage}. */
public enum Storage {
    /** On storage that each backend of the site reaches. */
    SHARED,
    /** On disks of one backend each. */
    LOCAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
