package org.pombal.model.node;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

/**
 * Identity of a node. One machine may be a proxy and a backend at the same time, under one name.
 *
 * @param name of a backend, the one it has among the site's backends
 */
public record NodeId(SiteId site, NodeRole role, HostName name) {

    public NodeId {
        requireNonNull(site, "site is null");
        requireNonNull(role, "role is null");
        requireNonNull(name, "name is null");
    }

    @Override
    public String toString() {
        return role + " " + name;
    }
}
