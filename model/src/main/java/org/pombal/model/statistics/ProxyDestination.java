package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;
import org.pombal.model.site.SiteId;

/** Where a proxy takes sessions and mail to. */
public sealed interface ProxyDestination {

    /** A backend of the proxy's own site. */
    record OfBackend(BackendId id) implements ProxyDestination {
        public OfBackend {
            requireNonNull(id, "id is null");
        }
    }

    /** Another site, by its load balancer. */
    record OfSite(SiteId id) implements ProxyDestination {
        public OfSite {
            requireNonNull(id, "id is null");
        }
    }
}
