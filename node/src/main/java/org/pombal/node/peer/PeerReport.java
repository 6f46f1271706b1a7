package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import org.pombal.model.vote.VoterId;

/**
 * What a node last said of itself in GeoDB.
 *
 * @param address where the others reach it
 * @param report differs from the one before whenever the node has reported again, as a time does
 */
public record PeerReport(VoterId peer, PeerAddress address, String report) {

    public PeerReport {
        requireNonNull(peer, "peer is null");
        requireNonNull(address, "address is null");
        requireNonNull(report, "report is null");
    }
}
