package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.AwayPlacement;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.topology.Topology;

/** Takes users over whose site is lost, one by one: when they log in, or when their turn comes (decision 0021). */
public final class SiteTakeovers {

    private final GeoDb geoDb;
    private final Topology topology;
    private final KnownUsers known;
    private final GroupOwners groups;
    private final LocalGroupCount groupCount;
    private final UsernameHash usernameHash;

    SiteTakeovers(
            GeoDb geoDb,
            Topology topology,
            KnownUsers known,
            GroupOwners groups,
            LocalGroupCount groupCount,
            UsernameHash usernameHash) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.known = requireNonNull(known, "known is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.groupCount = requireNonNull(groupCount, "groupCount is null");
        this.usernameHash = requireNonNull(usernameHash, "usernameHash is null");
    }

    /** The site that takes a user, as far as this node knows; empty if none does. */
    public Optional<SiteId> taker(User row) {
        SiteFailover failover = topology.failover(row.home().site());
        return failover.letsOthersTake() ? AwayPlacement.site(row, failover.shares(), usernameHash) : Optional.empty();
    }

    /** Where the user is to be served: here, if it is this site's to take him over, which is done then. */
    public CompletionStage<GroupId> find(UserKey user) {
        int edition = known.edition(user);
        return geoDb.users()
                .find(user, ReadLevel.SERIAL)
                .thenCompose(found -> found.isEmpty()
                        ? failed("the user was deleted just now")
                        : geoDb.siteFailovers()
                                .find(found.get().home().site(), ReadLevel.SERIAL)
                                .thenCompose(failover -> place(found.get(), failover)))
                .thenApply(home -> {
                    if (isLocal(home.site())) {
                        known.remember(user, home, edition);
                    }
                    return home;
                });
    }

    private CompletionStage<GroupId> place(User row, SiteFailover failover) {
        if (!failover.letsOthersTake()) {
            return completedFuture(row.home());
        }
        if (!FailoverRules.PROTOCOL.mayTake(failover, row)) {
            return failed("the user's home site is coming back");
        }
        Optional<SiteId> taker = AwayPlacement.site(row, failover.shares(), usernameHash);
        if (taker.isEmpty()) {
            return failed("no site takes the users of site " + failover.site() + " over");
        }
        return isLocal(taker.get())
                ? take(row)
                : completedFuture(new GroupId(taker.get(), row.home().name()));
    }

    private CompletionStage<GroupId> take(User row) {
        return groupCount.find().thenCompose(local -> {
            SiteFailover own = topology.failover(local.id());
            if (!own.letsSiteServe()) {
                return failed("this site is in a failover itself");
            }
            GroupId group = AwayPlacement.group(row, local, usernameHash);
            return groups.find(group)
                    .thenCompose(placed -> geoDb.users().update(row.takenOver(group, own.term())))
                    .thenCompose(outcome -> outcome instanceof Cas.Applied<User> applied
                            ? completedFuture(applied.row().home())
                            : failed("somebody else changed the user's row at the same time"));
        });
    }

    private boolean isLocal(SiteId site) {
        return topology.localSite().map(Site::id).filter(site::equals).isPresent();
    }

    private static <T> CompletionStage<T> failed(String why) {
        return CompletableFuture.failedFuture(new LookupFailedException(why));
    }
}
