package org.pombal.model.forcemove;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.placement.StableHash;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * Where a user goes who is to be moved while logging in. Destinations are chosen by rendezvous hashing among those that can take the user now:
 * if one of them cannot any more, only its users go elsewhere. A destination that has a forced move of its own takes nobody, or users would be
 * sent to and fro. Without a destination the user stays.
 */
public final class ForcePlacement {

    private ForcePlacement() {}

    /**
     * Whether a user belongs to a share.
     *
     * @param usernameHash users whom it keeps together are chosen together
     */
    public static boolean isChosen(UserKey user, UserShare share, UsernameHash usernameHash) {
        long hash = StableHash.combine(StableHash.of(share.id()), StableHash.of(usernameHash.textOf(user)));
        return Long.remainderUnsigned(hash, UserShare.HUNDRED) < share.percentage();
    }

    /** Why a site cannot take users of another, in words that follow its name; empty if it can. */
    public static Optional<String> objection(Site from, Site destination) {
        if (destination.id().equals(from.id())) {
            return Optional.of("is the site itself");
        }
        if (destination.status() != SiteStatus.ONLINE) {
            return Optional.of("is " + destination.status());
        }
        if (!destination.tag().equals(from.tag())) {
            return Optional.of("has another tag");
        }
        if (destination.loadBalancer().isEmpty()) {
            return Optional.of("has no load balancer");
        }
        if (destination.groupCount().isEmpty()) {
            return Optional.of("has no groups yet");
        }
        return destination.forceMove().isPresent() ? Optional.of("has a forced move itself") : Optional.empty();
    }

    /** Why a backend cannot take users of another, in words that follow its name; empty if it can. */
    public static Optional<String> objection(Backend from, Backend destination) {
        if (destination.id().equals(from.id())) {
            return Optional.of("is the backend itself");
        }
        if (!destination.site().equals(from.site())) {
            return Optional.of("is of another site");
        }
        if (!destination.takesNewGroups()) {
            return Optional.of(
                    destination.status() == BackendStatus.ONLINE
                            ? "is being drained (load factor 0)"
                            : "is " + destination.status());
        }
        return destination.forceMove().isPresent() ? Optional.of("has a forced move itself") : Optional.empty();
    }

    /**
     * The group in another site that a user of this site is to be in; empty if the user stays.
     *
     * @param sites all that may serve users now
     */
    public static Optional<GroupId> inOtherSite(
            UserKey user, Site home, Collection<Site> sites, UsernameHash usernameHash) {
        return home.forceMove()
                .filter(forced -> isChosen(user, forced.share(), usernameHash))
                .flatMap(forced -> chosen(
                        user,
                        sites.stream()
                                .filter(site -> forced.destinations().contains(site.id()))
                                .filter(site -> objection(home, site).isEmpty()),
                        Site::id,
                        usernameHash))
                .map(site -> GroupPlacement.groupFor(
                        user, usernameHash, site.id(), site.groupCount().orElseThrow()));
    }

    /**
     * The group of another backend of the site that a user of this backend is to be in; empty if the user stays. A user goes to a backend by
     * going to one of its groups; so backends without a group that stands still take nobody.
     *
     * @param backends those of the site
     * @param groups of the site, as far as they are known
     */
    public static Optional<GroupId> onOtherBackend(
            UserKey user,
            Backend from,
            Collection<Backend> backends,
            Stream<UserGroup> groups,
            UsernameHash usernameHash) {
        if (from.status() != BackendStatus.ONLINE
                || from.forceMove()
                        .filter(its -> isChosen(user, its.share(), usernameHash))
                        .isEmpty()) {
            return Optional.empty();
        }
        ForceMove<BackendId> forced = from.forceMove().get();
        Set<BackendId> takers = backends.stream()
                .filter(backend -> forced.destinations().contains(backend.id()))
                .filter(backend -> objection(from, backend).isEmpty())
                .map(Backend::id)
                .collect(Collectors.toSet());
        Map<BackendId, List<GroupId>> places = groups.filter(group -> takers.contains(group.backend()))
                .filter(group -> !group.isMoving())
                .collect(Collectors.groupingBy(
                        UserGroup::backend, Collectors.mapping(UserGroup::id, Collectors.toList())));
        return chosen(user, places.keySet().stream(), Function.identity(), usernameHash)
                .flatMap(to ->
                        chosen(user, places.getOrDefault(to, List.of()).stream(), Function.identity(), usernameHash));
    }

    private static <T> Optional<T> chosen(
            UserKey user, Stream<T> candidates, Function<T, ? extends Record> id, UsernameHash usernameHash) {
        long hash = StableHash.of(usernameHash.textOf(user));
        return candidates.max(Comparator.comparingLong((T candidate) -> StableHash.combine(
                        hash, StableHash.of(id.apply(candidate).toString())))
                .thenComparing(candidate -> id.apply(candidate).toString()));
    }
}
