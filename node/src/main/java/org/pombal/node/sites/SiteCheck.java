package org.pombal.node.sites;

import java.util.Optional;
import org.pombal.model.site.Site;

/** One look at another site. */
@FunctionalInterface
public interface SiteCheck {

    /** Why the site was not reached; empty if it was. Blocks, but not for long, and never fails. */
    Optional<String> failure(Site site);

    /** The same, and if it finds nothing, another one. */
    default SiteCheck then(SiteCheck other) {
        return site -> failure(site).or(() -> other.failure(site));
    }
}
