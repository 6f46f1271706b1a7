package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.pombal.model.lease.Lease;

/**
 * What a backend serves.
 *
 * @param share the percentage of its site's groups that it is to have by its load factor, 0 to 100
 * @param groups how many it owns
 * @param movingOut how many of these are moving away
 * @param movingIn how many of others are moving to it
 * @param lease the backend's, as it stands; empty if it never had one
 * @param leaseAge for how long it has not been written, by GeoDB's clocks and this one's; a held one is written each second
 */
public record BackendLoad(
        BackendView view,
        double share,
        int groups,
        int movingOut,
        int movingIn,
        Optional<Lease> lease,
        Optional<Duration> leaseAge) {

    public BackendLoad {
        requireNonNull(view, "view is null");
        requireNonNull(lease, "lease is null");
        requireNonNull(leaseAge, "leaseAge is null");
    }
}
