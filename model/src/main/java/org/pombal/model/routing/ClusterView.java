package org.pombal.model.routing;

import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/** What a router knows of the cluster's sites and backends at one moment. */
public interface ClusterView {

    Optional<Site> site(SiteId id);

    Optional<Backend> backend(BackendId id);
}
