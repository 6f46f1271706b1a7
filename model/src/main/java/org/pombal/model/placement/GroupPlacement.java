package org.pombal.model.placement;

import static java.util.Objects.requireNonNull;

import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * The group of a new user: a stable hash over the site's groups, so that two proxies that see the first login together
 * agree without talking.
 */
public final class GroupPlacement {

    private GroupPlacement() {}

    /**
     * Chooses among {@code default-1} to {@code default-groupCount}.
     *
     * @param groupCount the number of groups the site has, at least 1
     */
    public static GroupId groupFor(UserKey user, UsernameHash usernameHash, SiteId site, int groupCount) {
        requireNonNull(site, "site is null");
        if (groupCount < 1) {
            throw new IllegalArgumentException("group count " + groupCount + " is below 1");
        }
        long hash = StableHash.of(usernameHash.textOf(user));
        return GroupId.numbered(site, 1 + (int) Long.remainderUnsigned(hash, groupCount));
    }
}
