package org.pombal.model.site;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Servers that one controller runs.
 *
 * @param tag users with a tag live only on sites with that tag
 * @param loadBalancer host name or address where other sites' proxies connect
 * @param groupCount how many groups {@code default-1 ... default-N} the site has; empty until the first group is made
 * @param version grows by one with each change; an update names the version it was decided on
 */
public record Site(
        SiteId id,
        String name,
        SiteStatus status,
        Optional<TagId> tag,
        Optional<String> loadBalancer,
        OptionalInt groupCount,
        long version) {

    public Site {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(loadBalancer, "loadBalancer is null");
        requireNonNull(groupCount, "groupCount is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a site needs a name");
        }
        if (groupCount.isPresent() && groupCount.getAsInt() < 1) {
            throw new IllegalArgumentException("group count " + groupCount.getAsInt() + " is below 1");
        }
    }

    /** A site as it is added: online, without groups. */
    public static Site added(SiteId id, String name) {
        return new Site(id, name, SiteStatus.ONLINE, Optional.empty(), Optional.empty(), OptionalInt.empty(), 1);
    }

    public Site withStatus(SiteStatus newStatus) {
        return new Site(id, name, newStatus, tag, loadBalancer, groupCount, version);
    }

    public Site withTag(Optional<TagId> newTag) {
        return new Site(id, name, status, newTag, loadBalancer, groupCount, version);
    }

    public Site withLoadBalancer(String newLoadBalancer) {
        return new Site(id, name, status, tag, Optional.of(newLoadBalancer), groupCount, version);
    }

    public Site withoutLoadBalancer() {
        return new Site(id, name, status, tag, Optional.empty(), groupCount, version);
    }

    public Site withGroupCount(int newGroupCount) {
        return new Site(id, name, status, tag, loadBalancer, OptionalInt.of(newGroupCount), version);
    }
}
