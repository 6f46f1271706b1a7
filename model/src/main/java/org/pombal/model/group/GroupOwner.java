package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;

/**
 * Who serves the users of a group (decision 0010, "Ownership of a group").
 *
 * @param incarnation of the backend's lease under which it has claimed the group; {@value #UNCLAIMED} if it has not yet, and
 *     then it serves nobody of the group
 */
public record GroupOwner(BackendId backend, long incarnation) {

    public static final long UNCLAIMED = 0;

    public GroupOwner {
        requireNonNull(backend, "backend is null");
        if (incarnation < UNCLAIMED) {
            throw new IllegalArgumentException("incarnation " + incarnation + " is negative");
        }
    }

    /** A backend that has to claim the group before it serves. */
    public static GroupOwner unclaimed(BackendId backend) {
        return new GroupOwner(backend, UNCLAIMED);
    }

    public boolean isClaimed() {
        return incarnation != UNCLAIMED;
    }
}
