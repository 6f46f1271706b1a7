package org.pombal.model.sitebalance;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import org.pombal.model.backend.Backend;
import org.pombal.model.groupsize.GroupSize;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;

/**
 * A site and its users.
 *
 * @param capacity what it can carry relative to others: the sum of the load factors of its backends that are online
 * @param groups all of it
 */
public record SiteUsers(Site site, int capacity, List<GroupSize> groups) {

    public SiteUsers {
        requireNonNull(site, "site is null");
        groups = List.copyOf(groups);
        if (capacity < 0) {
            throw new IllegalArgumentException("site " + site.name() + " has capacity " + capacity);
        }
    }

    /** @param backends all of the site */
    public static SiteUsers of(Site site, Collection<Backend> backends, List<GroupSize> groups) {
        int capacity = backends.stream()
                .filter(Backend::takesNewGroups)
                .mapToInt(backend -> backend.loadFactor().percent())
                .sum();
        return new SiteUsers(site, capacity, groups);
    }

    public long users() {
        return groups.stream().mapToLong(GroupSize::users).sum();
    }

    /** Whether automation may bring users there. */
    boolean takesUsers() {
        return site.status() == SiteStatus.ONLINE
                && capacity > 0
                && groups.stream().anyMatch(GroupSize::isOpen);
    }
}
