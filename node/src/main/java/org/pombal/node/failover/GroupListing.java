package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Consumer;
import org.pombal.geodb.Groups;
import org.pombal.geodb.PageToken;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;
import org.pombal.node.ownership.OwnershipLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all groups of the site, page by page. A node may not have heard of groups that were placed lately, since nobody announces them; when
 * a backend is gone its groups must all be found. Confined to the loop.
 */
final class GroupListing {

    private static final Logger log = LoggerFactory.getLogger(GroupListing.class);
    private static final int PAGE_SIZE = 1_000;

    private final OwnershipLoop loop;
    private final Groups groups;
    private final Consumer<UserGroup> seen;
    private boolean busy;

    GroupListing(OwnershipLoop loop, Groups groups, Consumer<UserGroup> seen) {
        this.loop = requireNonNull(loop, "loop is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.seen = requireNonNull(seen, "seen is null");
    }

    /** Begins, unless another reading is under way. */
    void read(SiteId site) {
        if (!busy) {
            busy = true;
            page(site, Optional.empty());
        }
    }

    private void page(SiteId site, Optional<PageToken> from) {
        loop.ask(groups.list(site, from, PAGE_SIZE), (page, failure) -> {
            if (page == null) {
                busy = false;
                log.info("the groups of the site could not be listed: {}", String.valueOf(failure));
                return;
            }
            page.rows().forEach(seen);
            if (page.next().isPresent()) {
                page(site, page.next());
            } else {
                busy = false;
            }
        });
    }
}
