package org.pombal.node.ownership;

import org.pombal.model.backend.BackendId;

/** Proves that incarnations of other backends are over. Confined to the loop. */
@FunctionalInterface
public interface Proofs {

    /** Watches that backend's lease until the incarnation is over; then all groups of this backend are told. May be asked repeatedly. */
    void whenOver(BackendId backend, long incarnation);
}
