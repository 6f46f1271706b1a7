package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Says in the log what became of this backend's groups and their users; the events are named as the original names them. */
final class MoveHistory {

    private static final Logger log = LoggerFactory.getLogger(MoveHistory.class);

    private final BackendId self;
    private final Function<BackendId, String> names;

    /** @param names the host name of a backend */
    MoveHistory(BackendId self, Function<BackendId, String> names) {
        this.self = requireNonNull(self, "self is null");
        this.names = requireNonNull(names, "names is null");
    }

    /** A row is known to be otherwise than it was. */
    void changed(Optional<UserGroup> before, UserGroup after) {
        Optional<GroupMove> old = before.flatMap(UserGroup::move);
        Optional<GroupMove> move = after.move();
        boolean wasOurs = before.filter(row -> row.backend().equals(self)).isPresent();
        boolean isOurs = after.backend().equals(self);
        if (isOurs && move.isPresent() && !move.map(GroupMove::id).equals(old.map(GroupMove::id))) {
            event("cluster_user_group_move_started", after)
                    .addKeyValue("dest_host", names.apply(move.get().dest()))
                    .addKeyValue("move", move.get().id())
                    .log("{}", move.get().cause());
        }
        if (wasOurs && old.isPresent() && move.isEmpty()) {
            boolean moved = !isOurs;
            LoggingEventBuilder event = event("cluster_user_group_move_finished", after)
                    .addKeyValue("dest_host", names.apply(old.get().dest()))
                    .addKeyValue("move", old.get().id());
            if (moved) {
                event.log("moved");
            } else {
                event.addKeyValue("error", "taken back").log("it stays here");
            }
        } else if (wasOurs && !isOurs) {
            event("cluster_user_group_lost", after)
                    .addKeyValue("host", names.apply(after.backend()))
                    .log("taken over by another backend");
        } else if (!wasOurs && isOurs && after.owner().isClaimed()) {
            log.debug("group {} is served here", after.id().name());
        }
    }

    private static LoggingEventBuilder event(String name, UserGroup row) {
        GroupOwner owner = row.owner();
        return log.atLevel(Level.INFO)
                .addKeyValue("event", name)
                .addKeyValue("group", row.id().name())
                .addKeyValue("epoch", row.epoch())
                .addKeyValue("incarnation", owner.incarnation());
    }

    /** A user has left a group of this backend. */
    void left(User user, Departure departure) {
        log.atInfo()
                .addKeyValue("event", "cluster_user_move_finished")
                .addKeyValue("user", user.key())
                .addKeyValue("group", user.home().name())
                .addKeyValue("move", departure.id())
                .log(departure
                        .target()
                        .map(target -> "moved to group " + target.name())
                        .orElse("deleted"));
    }
}
