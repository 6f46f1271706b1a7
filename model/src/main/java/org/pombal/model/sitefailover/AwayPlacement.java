package org.pombal.model.sitefailover;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.placement.StableHash;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * Where the users of a site go that is lost or emptied: to their own failover group if its site takes part, the others by weighted rendezvous
 * hashing, each site as many as its share says. Whoever looks at the same row finds the same.
 */
public final class AwayPlacement {

    private AwayPlacement() {}

    /**
     * The sites that can take a site's users, and how much each: what its backends can bear more. A site that does not say counts as one
     * backend.
     *
     * @param unavailable those that have lost it themselves, or are lost
     * @param capacities free capacity by site, in load factors of its backends that are online
     */
    public static SortedMap<SiteId, Integer> shares(
            Site lost, Collection<Site> sites, Collection<SiteId> unavailable, Map<SiteId, Integer> capacities) {
        SortedMap<SiteId, Integer> shares = new TreeMap<>();
        sites.stream()
                .filter(site -> !site.id().equals(lost.id()))
                .filter(site -> site.status() == SiteStatus.ONLINE)
                .filter(site -> site.tag().equals(lost.tag()))
                .filter(site -> site.loadBalancer().isPresent())
                .filter(site -> !unavailable.contains(site.id()))
                .forEach(site -> shares.put(site.id(), Math.max(1, capacities.getOrDefault(site.id(), 100))));
        return shares;
    }

    /** The site that takes a user; empty if none does. */
    public static Optional<SiteId> site(User user, Map<SiteId, Integer> shares, UsernameHash usernameHash) {
        Optional<SiteId> own = user.failover().map(GroupId::site).filter(shares::containsKey);
        return own.or(() -> {
            long hash = StableHash.of(usernameHash.textOf(user.key()));
            return shares.entrySet().stream()
                    .max(Comparator.<Map.Entry<SiteId, Integer>>comparingDouble(share -> score(hash, share))
                            .thenComparing(Map.Entry::getKey))
                    .map(Map.Entry::getKey);
        });
    }

    /** The group of a user in the site that takes him. */
    public static GroupId group(User user, Site site, UsernameHash usernameHash) {
        return user.failover()
                .filter(group -> group.site().equals(site.id()))
                .orElseGet(() -> group(user.key(), site, usernameHash));
    }

    private static GroupId group(UserKey user, Site site, UsernameHash usernameHash) {
        return GroupPlacement.groupFor(
                user, usernameHash, site.id(), site.groupCount().orElse(1));
    }

    private static double score(long hash, Map.Entry<SiteId, Integer> share) {
        long both = StableHash.combine(hash, StableHash.of(share.getKey().toString()));
        return -share.getValue() / StrictMath.log(StableHash.toUnitInterval(both));
    }
}
