package org.pombal.node.failover;

import java.util.function.Consumer;
import org.pombal.model.lease.Lease;

/** Has the operator's fence command run. Confined to the loop. */
@FunctionalInterface
interface Fencing {

    /** For those who leave that to others. */
    Fencing NOBODY = (lease, ended) -> {};

    /**
     * Fences the machine of a backend whose lease is broken.
     *
     * @param ended is told once, later, whether that has succeeded; if not, it is asked for again
     */
    void fence(Lease lease, Consumer<Boolean> ended);
}
