package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import org.pombal.model.forcemove.ForceMoveRules;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets users who log in go elsewhere first, if that is wanted: carries out what {@link ForcedLogins} decides. Confined to the loop. */
final class ForcedDepartures {

    private static final Logger log = LoggerFactory.getLogger(ForcedDepartures.class);

    private final OwnershipLoop loop;
    private final ForcedMoves moves;
    private final OwnedGroups groups;
    private final ForcedLogins logins = new ForcedLogins(ForceMoveRules.PROTOCOL);

    ForcedDepartures(OwnershipLoop loop, ForcedMoves moves, OwnedGroups groups) {
        this.loop = requireNonNull(loop, "loop is null");
        this.moves = requireNonNull(moves, "moves is null");
        this.groups = requireNonNull(groups, "groups is null");
    }

    /** What the door does next with somebody whom the group would serve; never a {@link ForcedLogins.Step.Write}. */
    ForcedLogins.Step before(Arrival arrival, GroupId group, Runnable judgeAgain) {
        if (!(arrival.way() instanceof Arrival.Way.Login)) {
            return new ForcedLogins.Step.Serve();
        }
        ForcedLogins.Step step = logins.before(
                loop.now(),
                arrival.forced(),
                group,
                groups.keeper(group).rowReadAt(),
                () -> moves.target(arrival.user()));
        if (!(step instanceof ForcedLogins.Step.Write write)) {
            return step;
        }
        loop.ask(moves.move(arrival.user(), group, write.target()), (result, failure) -> {
            ForcedLogins.Result known = result == null ? ForcedLogins.Result.UNANSWERED : result;
            logins.answered(loop.now(), arrival.forced(), group, known);
            if (known == ForcedLogins.Result.UNANSWERED || known == ForcedLogins.Result.NOT_NOW) {
                log.debug("user {} is to be moved to {}, but not now", arrival.user(), write.target(), failure);
            }
            judgeAgain.run();
        });
        return new ForcedLogins.Step.Wait();
    }
}
