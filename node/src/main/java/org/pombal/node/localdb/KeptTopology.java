package org.pombal.node.localdb;

import java.util.List;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.Tag;

/** The sites, tags, backends and user groups as they were saved last. */
public record KeptTopology(List<Site> sites, List<Tag> tags, List<Backend> backends, List<UserGroup> groups) {

    public static final KeptTopology EMPTY = new KeptTopology(List.of(), List.of(), List.of(), List.of());

    public KeptTopology {
        sites = List.copyOf(sites);
        tags = List.copyOf(tags);
        backends = List.copyOf(backends);
        groups = List.copyOf(groups);
    }
}
