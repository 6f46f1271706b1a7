package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.pombal.controller.http.Outcomes.value;

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
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.automation.PacedEvacuation;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.model.backend.HostName;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;

/** Empties backends of this controller's site at a set rate. At full rate a backend is emptied by its own evacuation. */
@Tag(name = "Evacuations")
@Controller("/api/v1/evacuations")
@Secured(Roles.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EvacuationRoutes {

    private static final int FASTEST = 100_000;

    /** @param groupsPerMinute 1 to 100,000 */
    @Schema(name = "NewEvacuation")
    record NewEvacuation(String backend, int groupsPerMinute) {}

    /**
     * A backend that is being emptied.
     *
     * @param groups how many it had when it began
     * @param waiting how many of them have not begun to move
     * @param moving how many are on the move
     * @param secondsLeft how long it will still take, if it goes on like this
     */
    @Schema(name = "Evacuation")
    record EvacuationBody(
            String backend,
            String by,
            Instant startedAt,
            int groupsPerMinute,
            long groups,
            long waiting,
            long moving,
            Optional<Long> secondsLeft) {

        static EvacuationBody of(PacedEvacuation evacuation, Instant now) {
            return new EvacuationBody(
                    evacuation.host(),
                    evacuation.by(),
                    Instant.ofEpochMilli(evacuation.startedAt()),
                    evacuation.perMinute(),
                    evacuation.total(),
                    evacuation.waiting(),
                    evacuation.moving(),
                    evacuation.left(now).map(left -> left.toSeconds()));
        }
    }

    /** @param evacuation absent if it is not being emptied */
    private record Before(BackendBody backend, Optional<EvacuationBody> evacuation) {}

    private final Automation automation;
    private final Cluster cluster;
    private final Changes changes;
    private final InstantSource clock;
    private final ExecutorService blocking;

    EvacuationRoutes(
            Automation automation,
            Cluster cluster,
            Changes changes,
            InstantSource clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.automation = automation;
        this.cluster = cluster;
        this.changes = changes;
        this.clock = clock;
        this.blocking = blocking;
    }

    /** Lists the backends that are being emptied at a set rate, how far that is and how long it will still take. */
    @Get
    Items<EvacuationBody> list() {
        return Items.all(PlanRoutes.asked(automation.evacuations()::list).stream()
                .map(one -> EvacuationBody.of(one, clock.instant()))
                .toList());
    }

    /** Begins to empty a backend, or changes the rate. Its load factor becomes 0 at once, its status standby when it is empty. */
    @Post
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<EvacuationBody>> start(HttpRequest<?> request, @Body NewEvacuation wanted) {
        HostName host = Input.parse("backend", wanted.backend(), HostName::new);
        int rate = wanted.groupsPerMinute();
        if (rate < 1 || rate > FASTEST) {
            throw ProblemException.badRequest("groupsPerMinute: 1 to " + FASTEST + ", not " + rate);
        }
        return before(host)
                .thenCompose(before -> changes.make(
                        request,
                        new What("backend.evacuate", "backend " + host + ", " + rate + " groups a minute", before),
                        audit -> GroupNumberRoutes.outcome(
                                () -> automation.evacuations().start(host, rate, audit), blocking),
                        begun -> EvacuationBody.of(begun, clock.instant())));
    }

    /** Stops to empty a backend. Groups that are on the move arrive, and its load factor stays 0. */
    @Delete("/{backend}")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<String>> cancel(HttpRequest<?> request, String backend) {
        HostName host = Input.parse("backend", backend, HostName::new);
        return before(host)
                .thenCompose(before -> changes.make(
                        request,
                        new What("backend.evacuate-cancel", "backend " + host, before),
                        audit -> supplyAsync(
                                () -> PlanRoutes.asked(
                                                () -> automation.evacuations().cancel(host))
                                        ? Outcome.done(host.value())
                                        : new Outcome.NotDone<>(new Obstacle.NotFound(
                                                Obstacle.Thing.BACKEND,
                                                "backend '" + host + "' is not being emptied at a set rate")),
                                blocking),
                        done -> done));
    }

    /** What stands: the backend, and how far it is being emptied. */
    private CompletionStage<Optional<Object>> before(HostName host) {
        Optional<EvacuationBody> running = PlanRoutes.asked(automation.evacuations()::list).stream()
                .filter(one -> one.host().equals(host.value()))
                .map(one -> EvacuationBody.of(one, clock.instant()))
                .findFirst();
        return value(new BackendOperations(cluster, Answers.READING).status(host))
                .thenApply(backend -> Optional.of(new Before(BackendBody.of(backend), running)));
    }
}
