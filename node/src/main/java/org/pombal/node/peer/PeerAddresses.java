package org.pombal.node.peer;

import java.util.Optional;
import org.pombal.model.vote.VoterId;

/** Where the other nodes of the site are reached. */
@FunctionalInterface
public interface PeerAddresses {

    /** By what is remembered, from any thread, without waiting; empty if it is not known. */
    Optional<PeerAddress> find(VoterId peer);
}
