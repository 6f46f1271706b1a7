package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Who holds a lease, to somebody who only reads its row. A holder that died leaves the row as it was; so whose lease has not been renewed
 * for as long as it takes until it may be broken is nobody's.
 *
 * <p>Times are nanoseconds of one clock.
 */
public final class LeaseSight {

    private final long patience;
    private Optional<Lease> seen = Optional.empty();
    private long changedAt;

    /** @param patience for how long a holder may be silent */
    public LeaseSight(Duration patience) {
        this.patience = requireNonNull(patience, "patience is null").toNanos();
    }

    /** The row was read. */
    public void saw(Optional<Lease> row, long now) {
        if (!row.equals(seen)) {
            seen = row;
            changedAt = now;
        }
    }

    /** Who holds it at {@code now}; empty if nobody does, as far as is known. */
    public Optional<String> holder(long now) {
        return seen.filter(row -> row.isHeld() && now - changedAt < patience).map(Lease::holder);
    }
}
