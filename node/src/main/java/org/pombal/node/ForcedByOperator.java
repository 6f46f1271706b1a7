package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.HostName;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.ownership.ForcedMoves;
import org.pombal.node.topology.Topology;
import org.pombal.operations.Departures;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;

/**
 * Who is to be elsewhere by the rows of this backend and its site. What the site wants goes first: whoever leaves the site need not be moved inside
 * it before.
 *
 * @param self the backend whose users are meant
 */
public record ForcedByOperator(Topology topology, HostName self, Departures departures, UsernameHash usernameHash)
        implements ForcedMoves {

    public ForcedByOperator {
        requireNonNull(topology, "topology is null");
        requireNonNull(self, "self is null");
        requireNonNull(departures, "departures is null");
        requireNonNull(usernameHash, "usernameHash is null");
    }

    @Override
    public Optional<GroupId> target(UserKey user) {
        return topology.localSite()
                .filter(site -> site.forceMove().isPresent())
                .flatMap(site -> ForcePlacement.inOtherSite(user, site, serving(), usernameHash))
                .or(() -> topology.backend(self)
                        .flatMap(own -> ForcePlacement.onOtherBackend(
                                user, own, topology.backends(), topology.groups(), usernameHash)));
    }

    private List<Site> serving() {
        return topology.sites().stream()
                .filter(site -> topology.failover(site.id()).letsSiteServe())
                .toList();
    }

    @Override
    public CompletionStage<ForcedLogins.Result> move(UserKey user, GroupId from, GroupId to) {
        return departures.sendFrom(from, user, to).thenApply(outcome -> {
            if (outcome instanceof Outcome.NotDone<?> notDone) {
                return result(notDone.obstacle());
            }
            return ForcedLogins.Result.WRITTEN;
        });
    }

    private static ForcedLogins.Result result(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.Conflict) {
            return ForcedLogins.Result.AGAIN;
        }
        return obstacle instanceof Obstacle.Away ? ForcedLogins.Result.UNANSWERED : ForcedLogins.Result.NOT_NOW;
    }
}
