package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.operations.GroupView;

/**
 * A user group.
 *
 * @param alternative the destination while it moves, else the backend that a failover would take
 * @param claimed whether its backend has taken it over and may serve it
 * @param stickyBackend whether it stays where it is unless an operator moves it
 * @param stickyUsers whether its users stay in it unless an operator moves them
 * @param leaving how many users are on their way out of it
 * @param why by which rule or move it is where it is
 * @param version for If-Match: the group's epoch
 */
@Schema(name = "Group")
record GroupBody(
        String site,
        String name,
        String backend,
        Optional<String> alternative,
        boolean claimed,
        boolean stickyBackend,
        boolean stickyUsers,
        int leaving,
        Optional<Move> move,
        String why,
        long version) {

    /**
     * The move of a group while it lasts.
     *
     * @param phase proposed: may be withdrawn; handover: its users go over one by one, and there is no way back
     * @param cause who or what asked for it
     */
    @Schema(name = "GroupMove")
    record Move(
            String id,
            String from,
            String to,

            @Schema(
                    type = "string",
                    allowableValues = {"proposed", "handover"})
            String phase,

            String cause,
            Instant startedAt) {}

    static GroupBody of(GroupView view) {
        UserGroup group = view.group();
        return new GroupBody(
                view.site().name(),
                group.id().name(),
                view.backend(),
                view.alternative(),
                group.owner().isClaimed(),
                group.stickyBackend(),
                group.stickyUsers(),
                group.leaving().size(),
                group.move().map(move -> move(view, move)),
                view.why(),
                group.epoch());
    }

    private static Move move(GroupView view, GroupMove move) {
        return new Move(
                move.id().toString(),
                view.backend(),
                view.host(move.dest()),
                move.isHandover() ? "handover" : "proposed",
                move.cause(),
                move.startedAt());
    }
}
