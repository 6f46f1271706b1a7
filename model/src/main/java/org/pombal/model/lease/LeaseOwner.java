package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * A process that wants a lease.
 *
 * @param holder its machine and the like, for messages
 * @param process random, new with each start
 * @param resumable the incarnation that an earlier process of this boot held, whose lock on the state folder this one has now; empty
 *     if the state folder is new or from another boot
 */
public record LeaseOwner(LeaseId id, String holder, UUID process, OptionalLong resumable) {

    public LeaseOwner {
        requireNonNull(id, "id is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(process, "process is null");
        requireNonNull(resumable, "resumable is null");
    }

    Lease first() {
        return Lease.first(id, holder, process);
    }

    Lease acquired(Lease lease) {
        return lease.acquired(holder, process);
    }

    Lease renewed(Lease lease) {
        return lease.renewed(holder, process);
    }
}
