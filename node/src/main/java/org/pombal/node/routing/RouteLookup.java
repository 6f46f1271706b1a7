package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.routing.Route;
import org.pombal.model.routing.Router;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.node.topology.Topology;

/** From a user to a route. Users that are looked up at the same moment share one lookup. */
final class RouteLookup {

    /** How long GeoDB may keep a user waiting of whom something is kept that may be out of date. */
    private static final Duration PATIENCE_FOR_KNOWN_USERS = Duration.ofMillis(500);

    private final Topology topology;
    private final KnownUsers known;
    private final UserHomes homes;
    private final GroupOwners groups;
    private final SiteTakeovers takeovers;
    private final ConcurrencyLimit limit;
    private final RoutingMetrics metrics;
    private final Map<UserKey, CompletableFuture<Route>> underWay = new ConcurrentHashMap<>();

    RouteLookup(
            Topology topology,
            KnownUsers known,
            UserHomes homes,
            GroupOwners groups,
            SiteTakeovers takeovers,
            ConcurrencyLimit limit,
            RoutingMetrics metrics) {
        this.topology = requireNonNull(topology, "topology is null");
        this.known = requireNonNull(known, "known is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.takeovers = requireNonNull(takeovers, "takeovers is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** The route from memory alone, or null. Never blocks. */
    @Nullable
    Route fromMemory(UserKey user) {
        GroupId home = known.inMemory(user);
        if (home == null || isTakenOver(home)) {
            return null;
        }
        if (!isLocal(home)) {
            return Router.toSite(user, home.site(), topology);
        }
        UserGroup group = topology.group(home);
        return group == null ? null : Router.toBackend(user, group, topology);
    }

    /** The route, looked up as far as need be; a user that Dovecot has accepted and GeoDB does not know is placed. */
    CompletionStage<Route> find(UserKey user, Optional<String> tag) {
        CompletableFuture<Route> mine = new CompletableFuture<>();
        CompletableFuture<Route> others = underWay.putIfAbsent(user, mine);
        if (others != null) {
            return others;
        }
        lookUp(user, tag).whenComplete((route, failure) -> {
            underWay.remove(user);
            if (failure == null) {
                mine.complete(route);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private CompletionStage<Route> lookUp(UserKey user, Optional<String> tag) {
        GroupId home = known.inMemory(user);
        if (home != null) {
            return routeTo(user, home);
        }
        int edition = known.edition(user);
        return known.kept(user).thenCompose(kept -> {
            if (kept.isEmpty()) {
                return findFresh(user, tag);
            }
            if (known.keptIsCurrent()) {
                return useKept(user, kept.get(), edition);
            }
            return withoutWaitingLong(findFresh(user, tag))
                    .exceptionallyCompose(failure -> useKept(user, kept.get(), edition));
        });
    }

    /** What is kept is in memory from now on; the changes since it was kept will be applied to both. */
    private CompletionStage<Route> useKept(UserKey user, GroupId home, int edition) {
        metrics.answeredFromLocalDb();
        known.remember(user, home, edition);
        return routeTo(user, home);
    }

    private static CompletionStage<Route> withoutWaitingLong(CompletionStage<Route> lookup) {
        return lookup.toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE_FOR_KNOWN_USERS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The route as GeoDB has it now, whatever is remembered. */
    CompletionStage<Route> findFresh(UserKey user, Optional<String> tag) {
        return limit.run(() -> homes.find(user, tag)
                .thenCompose(home -> isTakenOver(home) ? takeovers.find(user) : CompletableFuture.completedFuture(home))
                .thenCompose(home -> freshRouteTo(user, home)));
    }

    /** The route that the user has, or would get at his first login. Makes nothing in GeoDB. */
    CompletionStage<Route> expected(UserKey user) {
        return limit.run(() -> homes.expected(user).thenCompose(home -> expectedRouteTo(user, home)));
    }

    /** The route by the user's row in GeoDB; fails if there is none. */
    CompletionStage<Route> recorded(UserKey user) {
        return limit.run(() -> homes.recorded(user).thenCompose(home -> expectedRouteTo(user, home)));
    }

    private CompletionStage<Route> expectedRouteTo(UserKey user, GroupId home) {
        return isLocal(home)
                ? groups.expected(home).thenApply(group -> Router.toBackend(user, group, topology))
                : CompletableFuture.completedFuture(Router.toSite(user, home.site(), topology));
    }

    private CompletionStage<Route> freshRouteTo(UserKey user, GroupId home) {
        return isLocal(home)
                ? groups.findFresh(home).thenApply(group -> Router.toBackend(user, group, topology))
                : CompletableFuture.completedFuture(Router.toSite(user, home.site(), topology));
    }

    private CompletionStage<Route> routeTo(UserKey user, GroupId home) {
        if (isTakenOver(home)) {
            return limit.run(() -> takeovers.find(user).thenCompose(now -> freshRouteTo(user, now)));
        }
        if (!isLocal(home)) {
            return CompletableFuture.completedFuture(Router.toSite(user, home.site(), topology));
        }
        UserGroup group = topology.group(home);
        return (group == null ? limit.run(() -> groups.findFresh(home)) : CompletableFuture.completedFuture(group))
                .thenApply(row -> Router.toBackend(user, row, topology));
    }

    /** Whether other sites take the users of this home's site over. */
    private boolean isTakenOver(GroupId home) {
        return topology.failover(home.site()).letsOthersTake();
    }

    private boolean isLocal(GroupId home) {
        return topology.localSite().map(Site::id).filter(home.site()::equals).isPresent();
    }
}
