package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.site.Site;

/**
 * A site as it is shown.
 *
 * @param tagName the name of its tag; its id, if there is no such tag any more
 * @param backends how many it has in which status; empty where that was not asked for
 */
public record SiteView(Site site, Optional<String> tagName, Map<BackendStatus, Integer> backends) {

    public SiteView {
        requireNonNull(site, "site is null");
        requireNonNull(tagName, "tagName is null");
        backends = Map.copyOf(backends);
    }
}
