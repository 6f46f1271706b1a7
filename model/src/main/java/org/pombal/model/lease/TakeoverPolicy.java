package org.pombal.model.lease;

import java.util.Locale;

/** What it takes to act on another's lease: the setting {@code cluster_takeover}. */
public enum TakeoverPolicy {
    /** It must be broken. Holds while the kernel of the holder's machine runs. */
    LEASE,
    /** The operator's fence command must have succeeded besides. Holds for a machine that stands still and wakes again, too. */
    FENCED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
