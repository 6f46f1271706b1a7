package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.automation.GroupNumberChange;
import org.pombal.controller.automation.SiteMissingException;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;

/** Changes the number of user groups of this controller's site while it is in service. */
@Tag(name = "Group number")
@Controller("/api/v1/group-number")
@Secured(Roles.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class GroupNumberRoutes {

    private static final int MOST = 1_000_000;

    /**
     * What is wanted.
     *
     * @param groups how many there are to be, 1 to 1,000,000
     * @param start whether it begins as soon as it is planned; otherwise it waits to be looked at
     */
    @Schema(name = "GroupNumberWanted")
    record Wanted(int groups, Optional<Boolean> start) {}

    /**
     * A change of the number of groups.
     *
     * @param started whether it has been let begin, and nobody has stopped it since
     * @param made new groups, and the ids of the backends that they are made on
     * @param retired groups that end
     * @param usersLeft how many users have still to begin to move
     * @param problem why it does not go on
     */
    @Schema(name = "GroupNumberChange")
    record ChangeBody(
            int from,
            int to,
            String by,
            Instant at,

            @Schema(
                    type = "string",
                    allowableValues = {"wanted", "planned", "making", "moving", "retiring", "done"})
            String phase,

            boolean started,
            Map<String, String> made,
            List<String> retired,
            long users,
            long usersLeft,
            Optional<String> problem) {

        static ChangeBody of(GroupNumberChange change) {
            return new ChangeBody(
                    change.from(),
                    change.to(),
                    change.by(),
                    Instant.ofEpochMilli(change.at()),
                    change.phase().name().toLowerCase(Locale.ROOT),
                    change.started(),
                    change.made(),
                    change.retired(),
                    change.users(),
                    change.usersLeft(),
                    Optional.of(change.problem()).filter(text -> !text.isEmpty()));
        }
    }

    /**
     * What stands, for the audit log.
     *
     * @param groups how many there are; absent if there are none yet
     * @param change the one that is planned or under way, or was last
     */
    private record Before(Optional<Integer> groups, Optional<ChangeBody> change) {}

    private final Automation automation;
    private final Changes changes;
    private final ExecutorService blocking;

    GroupNumberRoutes(Automation automation, Changes changes, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.automation = automation;
        this.changes = changes;
        this.blocking = blocking;
    }

    /** Shows the change that is planned or under way, or was last. */
    @Get
    ChangeBody show() {
        return PlanRoutes.asked(automation.groupNumber()::current)
                .map(ChangeBody::of)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "the number of groups has not been changed by this controller"));
    }

    /** Asks for another number. It is planned within a minute, to be looked at; users stay on their backends as far as that can be. */
    @Post
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ChangeBody>> want(HttpRequest<?> request, @Body Wanted wanted) {
        if (wanted.groups() < 1 || wanted.groups() > MOST) {
            throw ProblemException.badRequest("groups: 1 to " + MOST + ", not " + wanted.groups());
        }
        return changes.make(
                request,
                new What("group-number.want", wanted.groups() + " groups", Optional.of(before())),
                audit -> outcome(
                        () -> automation
                                .groupNumber()
                                .want(wanted.groups(), wanted.start().orElse(false), audit.operator()),
                        blocking),
                ChangeBody::of);
    }

    private Before before() {
        OptionalInt groups = PlanRoutes.asked(automation.groupNumber()::groups);
        return new Before(
                groups.isPresent() ? Optional.of(groups.getAsInt()) : Optional.empty(),
                PlanRoutes.asked(automation.groupNumber()::current).map(ChangeBody::of));
    }

    /** Lets what is planned begin, or what was stopped go on. */
    @Post("/start")
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ChangeBody>> start(HttpRequest<?> request) {
        return changes.make(
                request,
                new What("group-number.start", "the change that is planned", Optional.of(before())),
                audit -> outcome(automation.groupNumber()::begin, blocking),
                ChangeBody::of);
    }

    /** Stops a change that was started: users who are on the move arrive, and no others begin before it is started again. Gives up one that was not. */
    @Delete
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ChangeBody>> stop(HttpRequest<?> request) {
        return changes.make(
                request,
                new What("group-number.stop", "the change that is under way", Optional.of(before())),
                audit -> outcome(automation.groupNumber()::stop, blocking),
                ChangeBody::of);
    }

    /** What comes of an act that may block. */
    static <T> CompletionStage<Outcome<T>> outcome(Callable<T> act, ExecutorService blocking) {
        return supplyAsync(
                () -> {
                    try {
                        return Outcome.done(act.call());
                    } catch (IllegalArgumentException e) {
                        return new Outcome.NotDone<>(new Obstacle.Refused(String.valueOf(e.getMessage())));
                    } catch (SiteMissingException e) {
                        return new Outcome.NotDone<>(
                                new Obstacle.NotFound(Obstacle.Thing.SITE, String.valueOf(e.getMessage())));
                    } catch (ExecutionException e) {
                        throw new CompletionException(e.getCause());
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }
}
