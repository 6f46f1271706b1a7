package org.pombal.geodb;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

/** Leases of backends and of a site's duties, each in a partition of its own; serial level LOCAL_SERIAL. */
public interface Leases {

    CompletionStage<Optional<Lease>> find(LeaseId id, ReadLevel level);

    /** When the row was written last, which a held lease's is each second; by GeoDB's clocks, for people to read and for no decision. */
    CompletionStage<Optional<Instant>> writtenAt(LeaseId id);

    /**
     * Replaces the row if its incarnation, counter and state are those of {@code expected}, or adds it if there is to be none.
     *
     * <p>{@link Cas.Lost} says what stands now. If an answer was lost on the way, {@code next} may have stood for a moment before that:
     * a lease's process knows its own writes by their {@link Lease#process}, and needs to know no more.
     *
     * @param expected the row this was decided on; empty if there was none
     */
    CompletionStage<Cas<Lease>> replace(Optional<Lease> expected, Lease next);
}
