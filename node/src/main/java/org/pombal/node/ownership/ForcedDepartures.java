package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.pombal.model.group.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets users who log in go elsewhere first, if that is wanted (decision 0025). The departure is written into the row of the user's group and the row
 * read again; from then on the user is held, and then sent on, as any user who is moved. One departure of a group is written after the
 * other. Whoever cannot be moved in time is served, and moved at the next login. Confined to the loop.
 */
final class ForcedDepartures {

    private static final Logger log = LoggerFactory.getLogger(ForcedDepartures.class);

    /** Of the time that a login may be held, it waits this part for its departure to be written: serving the user goes before moving. */
    private static final int PATIENCE = 5;

    /** While GeoDB does not answer, nobody waits for it in vain at each login. */
    private static final long PAUSE = Duration.ofSeconds(30).toNanos();

    private final OwnershipLoop loop;
    private final ForcedMoves moves;
    private final OwnedGroups groups;
    private final Set<GroupId> writing = new HashSet<>();
    private long pausedUntil = Long.MIN_VALUE;

    /** What the door does with somebody who may be served by his group. */
    enum Step {
        SERVE,
        /** It is being written, by this one or by another of the group. */
        WAIT,
        /** It is written: the group's row is to be read again. */
        LOOK
    }

    ForcedDepartures(OwnershipLoop loop, ForcedMoves moves, OwnedGroups groups) {
        this.loop = requireNonNull(loop, "loop is null");
        this.moves = requireNonNull(moves, "moves is null");
        this.groups = requireNonNull(groups, "groups is null");
    }

    Step before(Arrival arrival, GroupId group, Runnable judgeAgain) {
        if (!(arrival.way() instanceof Arrival.Way.Login)
                || loop.now() - arrival.cameAt() > (arrival.until() - arrival.cameAt()) / PATIENCE) {
            return Step.SERVE;
        }
        return switch (arrival.departure()) {
            case SETTLED -> Step.SERVE;
            case ASKED -> Step.WAIT;
            // Read after it was written, the row says no more of it: somebody has carried it out and brought the user
            // back.
            case WRITTEN -> groups.keeper(group).rowReadAt() >= arrival.departureWrittenAt() ? Step.SERVE : Step.LOOK;
            case NONE -> {
                Optional<GroupId> target = arrival.departsTo()
                        .or(() -> moves.target(arrival.user()).filter(to -> !to.equals(group)));
                arrival.departsTo(target);
                if (target.isEmpty() || loop.now() < pausedUntil) {
                    arrival.departure(Arrival.Departing.SETTLED, loop.now());
                    yield Step.SERVE;
                }
                if (writing.add(group)) {
                    write(arrival, group, target.get(), judgeAgain);
                }
                yield Step.WAIT;
            }
        };
    }

    private void write(Arrival arrival, GroupId group, GroupId target, Runnable judgeAgain) {
        arrival.departure(Arrival.Departing.ASKED, loop.now());
        loop.ask(moves.move(arrival.user(), group, target), (result, failure) -> {
            writing.remove(group);
            if (result == ForcedMoves.Result.WRITTEN) {
                arrival.departure(Arrival.Departing.WRITTEN, loop.now());
            } else if (result == ForcedMoves.Result.AGAIN) {
                arrival.departsTo(Optional.empty());
                arrival.departure(Arrival.Departing.NONE, loop.now());
            } else {
                log.debug("user {} is to be moved to {}, but not now", arrival.user(), target, failure);
                if (failure != null || result == ForcedMoves.Result.UNANSWERED) {
                    pausedUntil = loop.now() + PAUSE;
                }
                arrival.departure(Arrival.Departing.SETTLED, loop.now());
            }
            judgeAgain.run();
        });
    }
}
