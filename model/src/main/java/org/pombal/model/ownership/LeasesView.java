package org.pombal.model.ownership;

import org.pombal.model.backend.BackendId;

/** What a process has proven about the leases of the site's backends. */
public interface LeasesView {

    /** Whether this incarnation is proven to be over; for good. */
    boolean isOver(BackendId backend, long incarnation);

    /** Whether nobody holds the backend's lease now: its last incarnation is over, or it never had one. */
    boolean isDown(BackendId backend);

    /** Whether the backend has been heard of lately. Only for speed; nothing may rest on it. */
    boolean isSilent(BackendId backend);
}
