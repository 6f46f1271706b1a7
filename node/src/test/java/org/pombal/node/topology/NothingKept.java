package org.pombal.node.topology;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.user.UserKey;

/** For tests that look at the topology alone. */
public final class NothingKept implements TopologySync.KeptKnowledge {

    @Override
    public Optional<Instant> syncedUntil() {
        return Optional.empty();
    }

    @Override
    public void markSyncedUntil(Instant moment) {}

    @Override
    public void sites(List<Site> sites, List<Tag> tags) {}

    @Override
    public void backends(SiteId site, List<Backend> backends) {}

    @Override
    public void groups(List<UserGroup> groups) {}

    @Override
    public void forgetUser(UserKey user) {}

    @Override
    public void forgetAllUsers() {}
}
