package org.pombal.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Leases;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

/** How leases would be written by one who trusts wall clocks: the later timestamp wins, and nobody is told that a write has lost. */
final class PlainLeases {

    private record Cell(Lease lease, long timestamp) {}

    private final Map<LeaseId, Cell> cells = new HashMap<>();

    /** @param way how requests get to the store, with its faults; what it says of the row is not looked at */
    Leases by(Host writer, Leases way) {
        return new Leases() {
            @Override
            public CompletionStage<Optional<Lease>> find(LeaseId id, ReadLevel level) {
                return way.find(id, ReadLevel.QUORUM)
                        .thenApply(row -> Optional.ofNullable(cells.get(id)).map(Cell::lease));
            }

            @Override
            public CompletionStage<Optional<Instant>> writtenAt(LeaseId id) {
                return way.writtenAt(id);
            }

            @Override
            public CompletionStage<Cas<Lease>> replace(Optional<Lease> expected, Lease next) {
                long timestamp = writer.site().events().now() + writer.skew();
                return way.find(next.id(), ReadLevel.QUORUM).thenApply(row -> {
                    cells.merge(
                            next.id(),
                            new Cell(next, timestamp),
                            (standing, written) -> written.timestamp() > standing.timestamp() ? written : standing);
                    return new Cas.Applied<>(next);
                });
            }
        };
    }
}
