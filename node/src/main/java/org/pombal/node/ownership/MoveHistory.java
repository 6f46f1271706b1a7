package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Says in the log what became of this backend's groups and their users; the events are named as the original names them. */
final class MoveHistory {

    private static final Logger log = LoggerFactory.getLogger(MoveHistory.class);

    private final BackendId self;
    private final Function<BackendId, String> names;
    private final Function<GroupId, Optional<BackendId>> owners;

    /**
     * Users of a group who had a session when its move began.
     *
     * @param moved how many of them the destination may serve
     * @param failed how many it may not
     */
    record Users(int moved, int failed) {}

    /**
     * A history.
     *
     * @param names the host name of a backend
     * @param owners who has a group, as far as that is known
     */
    MoveHistory(BackendId self, Function<BackendId, String> names, Function<GroupId, Optional<BackendId>> owners) {
        this.self = requireNonNull(self, "self is null");
        this.names = requireNonNull(names, "names is null");
        this.owners = requireNonNull(owners, "owners is null");
    }

    /**
     * A row is known to be otherwise than it was.
     *
     * @param users of the move that there was, if there was one
     */
    void changed(Optional<UserGroup> before, UserGroup after, Users users) {
        Optional<GroupMove> old = before.flatMap(UserGroup::move);
        Optional<GroupMove> move = after.move();
        boolean wasOurs = before.filter(row -> row.backend().equals(self)).isPresent();
        boolean isOurs = after.backend().equals(self);
        if (isOurs && move.isPresent() && !move.map(GroupMove::id).equals(old.map(GroupMove::id))) {
            ofGroup("cluster_user_group_move_started", after)
                    .addKeyValue("dest_host", names.apply(move.get().dest()))
                    .addKeyValue("move", move.get().id())
                    .log("{}", move.get().cause());
        }
        if (wasOurs && old.isPresent() && move.isEmpty()) {
            finished(old.get(), after, isOurs, users);
        } else if (wasOurs && !isOurs) {
            ofGroup("cluster_user_group_lost", after)
                    .addKeyValue("host", names.apply(after.backend()))
                    .log("taken over by another backend");
        } else if (!wasOurs && isOurs && after.owner().isClaimed()) {
            log.debug("group {} is served here", after.id().name());
        }
    }

    private void finished(GroupMove move, UserGroup after, boolean isOurs, Users users) {
        LoggingEventBuilder event = ofGroup("cluster_user_group_move_finished", after)
                .addKeyValue("dest_host", names.apply(move.dest()))
                .addKeyValue("move", move.id())
                .addKeyValue("moved_users", users.moved())
                .addKeyValue("failed_users", users.failed());
        Optional<String> error = error(move, after, isOurs, users);
        error.map(its -> event.addKeyValue("error", its))
                .orElse(event)
                .log(error.isEmpty() ? "moved" : isOurs ? "it stays here" : "it is not here any more");
    }

    private Optional<String> error(GroupMove move, UserGroup after, boolean isOurs, Users users) {
        if (isOurs) {
            return Optional.of(move.isHandover() ? "the destination is gone, taken back" : "withdrawn");
        }
        if (after.backend().equals(move.dest()) && users.failed() == 0) {
            return Optional.empty();
        }
        return Optional.of("taken over by " + names.apply(after.backend()));
    }

    private static LoggingEventBuilder ofGroup(String name, UserGroup row) {
        return log.atInfo()
                .addKeyValue("event", name)
                .addKeyValue("group", row.id().name())
                .addKeyValue("epoch", row.epoch())
                .addKeyValue("incarnation", row.owner().incarnation());
    }

    /**
     * A user's stay begins to end.
     *
     * @param departure empty if the user goes with the group
     */
    void begins(UserGroup group, UserKey user, Optional<Departure> departure) {
        Optional<String> host = departure.isPresent() ? host(departure.get()) : destination(group);
        ofUser("cluster_user_move_started", user, group.id(), host)
                .addKeyValue(
                        "move",
                        departure
                                .map(Departure::id)
                                .or(() -> group.move().map(GroupMove::id))
                                .orElseThrow())
                .log(departure.map(MoveHistory::purpose).orElse("moves with the group"));
    }

    private Optional<String> destination(UserGroup group) {
        return group.move().map(GroupMove::dest).map(names);
    }

    private Optional<String> host(Departure departure) {
        return departure.target().flatMap(owners).map(names);
    }

    private static String purpose(Departure departure) {
        return departure
                .target()
                .map(target -> "moves to group " + target.name())
                .orElse("is deleted");
    }

    /** A user of a moving group is the destination's from now on. */
    void moved(UserGroup group, UserKey user) {
        ofUser("cluster_user_move_finished", user, group.id(), destination(group))
                .addKeyValue(
                        "move",
                        group.move().map(GroupMove::id).map(MoveId::toString).orElse(""))
                .log("moved with the group");
    }

    /** A user has left a group of this backend. */
    void left(User user, Departure departure) {
        ofUser("cluster_user_move_finished", user.key(), user.home(), host(departure))
                .addKeyValue("move", departure.id())
                .log(departure
                        .target()
                        .map(target -> "moved to group " + target.name())
                        .orElse("deleted"));
    }

    /**
     * A user's stay does not end, or ends otherwise.
     *
     * @param departure empty if the user was to go with the group
     */
    void remains(UserGroup before, UserGroup after, UserKey user, Optional<Departure> departure) {
        boolean isOurs = after.backend().equals(self);
        ofUser(
                        "cluster_user_move_finished",
                        user,
                        before.id(),
                        departure.isPresent() ? host(departure.get()) : destination(before))
                .addKeyValue(
                        "error", isOurs ? "withdrawn or taken back" : "taken over by " + names.apply(after.backend()))
                .log(isOurs ? "stays here" : "is not here any more");
    }

    private static LoggingEventBuilder ofUser(String name, UserKey user, GroupId group, Optional<String> host) {
        LoggingEventBuilder event = log.atInfo()
                .addKeyValue("event", name)
                .addKeyValue("user", user)
                .addKeyValue("group", group.name());
        return host.map(its -> event.addKeyValue("dest_host", its)).orElse(event);
    }
}
