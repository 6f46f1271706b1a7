package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.placement.SitePlacement;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.topology.Topology;

/**
 * The home group of a user in GeoDB; a user without a row gets one. Asked only about users that Dovecot's auth has
 * accepted.
 */
final class UserHomes {

    private final KnownUsers known;
    private final Users users;
    private final GroupOwners groups;
    private final LocalGroupCount groupCount;
    private final Topology topology;
    private final UsernameHash usernameHash;
    private final UnknownUsers unknownUsers;
    private final CreationRate creationRate;
    private final RoutingMetrics metrics;

    UserHomes(
            KnownUsers known,
            Users users,
            GroupOwners groups,
            LocalGroupCount groupCount,
            Topology topology,
            UsernameHash usernameHash,
            UnknownUsers unknownUsers,
            CreationRate creationRate,
            RoutingMetrics metrics) {
        this.known = requireNonNull(known, "known is null");
        this.users = requireNonNull(users, "users is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.groupCount = requireNonNull(groupCount, "groupCount is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.usernameHash = requireNonNull(usernameHash, "usernameHash is null");
        this.unknownUsers = requireNonNull(unknownUsers, "unknownUsers is null");
        this.creationRate = requireNonNull(creationRate, "creationRate is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /**
     * The home as GeoDB has it now, made if need be.
     *
     * @param tag name of the tag that the sites must have on which a new user is placed
     */
    CompletionStage<GroupId> find(UserKey user, Optional<String> tag) {
        metrics.askedGeoDb();
        int edition = known.edition(user);
        return users.find(user, ReadLevel.QUORUM)
                .thenCompose(row -> row.isPresent()
                        ? CompletableFuture.completedFuture(row.get().home())
                        : create(user, tag))
                .thenApply(home -> {
                    known.remember(user, home, edition);
                    return home;
                });
    }

    /** The home that GeoDB has, or that the user would get. Makes nothing. */
    CompletionStage<GroupId> expected(UserKey user) {
        return read(user).thenCompose(home -> home.<CompletionStage<GroupId>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> wouldBe(user)));
    }

    /** The home that GeoDB has; fails if there is none. */
    CompletionStage<GroupId> recorded(UserKey user) {
        return read(user)
                .thenApply(home -> home.orElseThrow(() -> new LookupFailedException("the user is not in GeoDB")));
    }

    private CompletionStage<Optional<GroupId>> read(UserKey user) {
        metrics.askedGeoDb();
        int edition = known.edition(user);
        return users.find(user, ReadLevel.QUORUM).thenApply(row -> {
            row.ifPresent(found -> known.remember(user, found.home(), edition));
            return row.map(User::home);
        });
    }

    private CompletionStage<GroupId> wouldBe(UserKey user) {
        if (unknownUsers == UnknownUsers.REFUSE) {
            return refused();
        }
        return groupCount
                .expected()
                .map(site -> GroupPlacement.groupFor(user, usernameHash, site.id(), countOf(site)))
                .<CompletionStage<GroupId>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new LookupFailedException("the site is not in GeoDB, or has no group count yet")));
    }

    private static <T> CompletionStage<T> refused() {
        return CompletableFuture.failedFuture(
                new LookupFailedException("the user is not in GeoDB, and cluster_unknown_users is refuse"));
    }

    private CompletionStage<GroupId> create(UserKey user, Optional<String> tag) {
        if (unknownUsers == UnknownUsers.REFUSE) {
            metrics.creationRefused();
            return refused();
        }
        if (!creationRate.tryAcquire()) {
            metrics.creationRefused();
            return CompletableFuture.failedFuture(
                    new LookupFailedException("too many users are being created (cluster_max_user_creations)"));
        }
        return groupCount.find().thenCompose(local -> {
            SitePlacement.Choice choice =
                    SitePlacement.place(user, usernameHash, tag, asServing(local), asServing(), topology.tags());
            if (choice instanceof SitePlacement.Choice.Nowhere nowhere) {
                return CompletableFuture.failedFuture(new LookupFailedException(nowhere.reason()));
            }
            Site site = ((SitePlacement.Choice.At) choice).site();
            GroupId home = GroupPlacement.groupFor(user, usernameHash, site.id(), countOf(site));
            return groupExists(home, local)
                    .thenCompose(group -> users.createIfAbsent(User.firstSeen(user, home)))
                    .thenCompose(this::winner);
        });
    }

    private List<Site> asServing() {
        return topology.sites().stream().map(this::asServing).toList();
    }

    /** A site whose users are taken over takes no new ones. */
    private Site asServing(Site site) {
        return topology.failover(site.id()).letsSiteServe() ? site : site.withStatus(SiteStatus.OFFLINE);
    }

    /** The group first: a user's row never points to a group that could not be placed. Those of other sites are theirs to place. */
    private CompletionStage<?> groupExists(GroupId home, Site local) {
        return home.site().equals(local.id()) ? groups.find(home) : CompletableFuture.completedFuture(null);
    }

    private static int countOf(Site site) {
        return site.groupCount().orElseThrow(() -> new IllegalStateException("a settled site has a group count"));
    }

    private CompletionStage<GroupId> winner(Cas<User> outcome) {
        if (outcome instanceof Cas.Applied<User> applied) {
            metrics.userCreated();
            return CompletableFuture.completedFuture(applied.row().home());
        }
        return ((Cas.Lost<User>) outcome)
                .current()
                .<CompletionStage<GroupId>>map(row -> CompletableFuture.completedFuture(row.home()))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new LookupFailedException("the user was neither made nor found; the row is in flux")));
    }
}
