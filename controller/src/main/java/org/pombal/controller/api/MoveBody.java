package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.pombal.model.group.MoveId;
import org.pombal.operations.StartedMove;

/**
 * A move of a group that was asked for, or is planned.
 *
 * @param from the backend that the group leaves
 * @param to where it goes
 * @param id absent if it is only planned
 */
@Schema(name = "StartedMove")
record MoveBody(String site, String group, String from, String to, Optional<String> id) {

    static MoveBody of(StartedMove move) {
        return new MoveBody(
                move.siteName(),
                move.group().id().name(),
                move.from(),
                move.to(),
                move.id().map(MoveId::toString));
    }
}
