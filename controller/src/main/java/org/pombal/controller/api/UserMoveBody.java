package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.operations.UserMoveView;

/**
 * A user who is leaving a group.
 *
 * @param kind withdrawal: the user was to leave, and stays
 * @param site of the group
 * @param group that the user leaves
 * @param backend of the group, which carries it out
 * @param toSite where the user goes; absent who is deleted or stays
 * @param toGroup where the user goes; absent who is deleted or stays
 * @param step group-first: the group is handed over to another backend before; unclaimed: no backend does it yet; leaving: the backend
 *     ends the sessions, then writes the user's row; staying: the backend makes sure that the user stays
 * @param waitsFor what it waits for, in a sentence
 * @param by who asked for it; absent if a node of an earlier release was asked
 * @param startedAt when it was asked for; absent as by is
 * @param lastsSeconds since then
 */
@Schema(name = "UserMove")
record UserMoveBody(
        String user,
        String id,

        @Schema(
                type = "string",
                allowableValues = {"move", "deletion", "withdrawal"})
        String kind,

        String site,
        String group,
        String backend,
        Optional<String> toSite,
        Optional<String> toGroup,

        @Schema(
                type = "string",
                allowableValues = {"group-first", "unclaimed", "leaving", "staying"})
        String step,

        String waitsFor,
        Optional<String> by,
        Optional<Instant> startedAt,
        Optional<Long> lastsSeconds) {

    static UserMoveBody of(UserMoveView view, Instant now) {
        Optional<Instant> startedAt = view.departure().asked().map(Departure.Asked::at);
        return new UserMoveBody(
                view.user().value(),
                view.departure().id().toString(),
                name(view.kind()),
                view.siteName(),
                view.group().id().name(),
                view.backend(),
                view.targetSiteName(),
                view.target().map(GroupId::name),
                name(view.step()),
                view.waitsFor(),
                view.departure().asked().map(Departure.Asked::by),
                startedAt,
                startedAt.map(at -> Math.max(0, Duration.between(at, now).toSeconds())));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
