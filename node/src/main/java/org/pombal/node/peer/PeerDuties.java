package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.VoterId;

/**
 * Who this node is among its peers, and what it does for them.
 *
 * @param site of this node; empty while it is not known
 * @param owner empty on proxies
 */
public record PeerDuties(Supplier<Optional<SiteId>> site, VoterId self, Voting voting, Optional<Owner> owner) {

    public PeerDuties {
        requireNonNull(site, "site is null");
        requireNonNull(self, "self is null");
        requireNonNull(voting, "voting is null");
        requireNonNull(owner, "owner is null");
    }
}
