package org.pombal.geodb.memory;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Leases;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

final class MemoryLeases implements Leases {

    private final InMemoryCluster store;
    private final Requests requests;

    MemoryLeases(InMemoryCluster store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    @Override
    public CompletionStage<Optional<Lease>> find(LeaseId id, ReadLevel level) {
        return requests.read("reading a lease", () -> store.leases.get(id, level));
    }

    @Override
    public CompletionStage<Optional<Instant>> writtenAt(LeaseId id) {
        return requests.read("reading when a lease was written", () -> Optional.ofNullable(store.leaseWrites.get(id)));
    }

    @Override
    public CompletionStage<Cas<Lease>> replace(Optional<Lease> expected, Lease next) {
        return requests.compareAndSet("writing a lease", attempt -> {
            Optional<Lease> standing = store.leases.get(next.id(), ReadLevel.SERIAL);
            boolean asExpected = expected.isPresent()
                    ? standing.isPresent() && standing.get().isAsIn(expected.get())
                    : standing.isEmpty();
            if (asExpected) {
                store.leases.put(next.id(), next, attempt.commits());
                // As ballots do, even where the clock does not.
                store.leaseWrites.merge(
                        next.id(), store.time(), (last, now) -> now.isAfter(last) ? now : last.plusNanos(1000));
            }
            return asExpected || (attempt.askedAgain() && standing.equals(Optional.of(next)))
                    ? new Cas.Applied<>(next)
                    : new Cas.Lost<>(standing);
        });
    }
}
