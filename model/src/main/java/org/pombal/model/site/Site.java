package org.pombal.model.site;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import org.pombal.model.share.ForceMove;

/**
 * Servers that one controller runs.
 *
 * @param tag users with a tag live only on sites with that tag
 * @param loadBalancer host name or address where other sites' proxies connect
 * @param groupCount how many groups {@code default-1 ... default-N} the site has; empty until the first group is made
 * @param forceMove which of its users are to be elsewhere, and where; another status ends it
 * @param version grows by one with each change; an update names the version it was decided on
 */
public record Site(
        SiteId id,
        String name,
        SiteStatus status,
        Optional<TagId> tag,
        Optional<String> loadBalancer,
        OptionalInt groupCount,
        Optional<ForceMove<SiteId>> forceMove,
        long version) {

    public Site {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(loadBalancer, "loadBalancer is null");
        requireNonNull(groupCount, "groupCount is null");
        requireNonNull(forceMove, "forceMove is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a site needs a name");
        }
        if (groupCount.isPresent() && groupCount.getAsInt() < 1) {
            throw new IllegalArgumentException("group count " + groupCount.getAsInt() + " is below 1");
        }
    }

    /** A site none of whose users are to be elsewhere. */
    public Site(
            SiteId id,
            String name,
            SiteStatus status,
            Optional<TagId> tag,
            Optional<String> loadBalancer,
            OptionalInt groupCount,
            long version) {
        this(id, name, status, tag, loadBalancer, groupCount, Optional.empty(), version);
    }

    /** A site as it is added: online, without groups. */
    public static Site added(SiteId id, String name) {
        return new Site(id, name, SiteStatus.ONLINE, Optional.empty(), Optional.empty(), OptionalInt.empty(), 1);
    }

    public Site withStatus(SiteStatus newStatus) {
        Optional<ForceMove<SiteId>> kept = newStatus == status ? forceMove : Optional.empty();
        return new Site(id, name, newStatus, tag, loadBalancer, groupCount, kept, version);
    }

    public Site withTag(Optional<TagId> newTag) {
        return new Site(id, name, status, newTag, loadBalancer, groupCount, forceMove, version);
    }

    public Site withLoadBalancer(String newLoadBalancer) {
        return new Site(id, name, status, tag, Optional.of(newLoadBalancer), groupCount, forceMove, version);
    }

    public Site withoutLoadBalancer() {
        return new Site(id, name, status, tag, Optional.empty(), groupCount, forceMove, version);
    }

    public Site withGroupCount(int newGroupCount) {
        return new Site(id, name, status, tag, loadBalancer, OptionalInt.of(newGroupCount), forceMove, version);
    }

    public Site withForceMove(Optional<ForceMove<SiteId>> newForceMove) {
        return new Site(id, name, status, tag, loadBalancer, groupCount, newForceMove, version);
    }

    public Site withName(String newName) {
        return new Site(id, newName, status, tag, loadBalancer, groupCount, forceMove, version);
    }

    public Site atVersion(long newVersion) {
        return new Site(id, name, status, tag, loadBalancer, groupCount, forceMove, newVersion);
    }
}
