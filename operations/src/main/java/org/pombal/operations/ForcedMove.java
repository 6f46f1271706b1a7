package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.pombal.model.share.UserShare;

/**
 * What an operator wants of a site's or a backend's users.
 *
 * @param from name of the site, or host name of the backend
 * @param share which users; empty if none
 * @param destinations by name, of sites or backends
 */
public record ForcedMove(String from, Optional<UserShare> share, List<String> destinations) {

    public ForcedMove {
        requireNonNull(from, "from is null");
        requireNonNull(share, "share is null");
        destinations = List.copyOf(destinations);
    }
}
