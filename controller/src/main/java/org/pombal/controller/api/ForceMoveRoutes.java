package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.controller.api.FailoverRoutes.FailoverBody;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.model.backend.HostName;
import org.pombal.model.share.UserShare;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.operations.Cluster;
import org.pombal.operations.ForceMoveOperations;
import org.pombal.operations.ForcedMove;
import org.pombal.operations.Outcome;
import org.pombal.operations.SiteFailoverOperations;

/** Moves a percentage of the users of a site or backend elsewhere, those who log in; their backends carry it out. */
@Tag(name = "Forced moves")
@Controller("/api/v1")
@Secured(Roles.VIEWER)
final class ForceMoveRoutes {

    /**
     * A forced move.
     *
     * @param from name of the site, or host name of the backend, whose users are moved
     * @param id chooses which users; absent without a forced move
     * @param percentage how many users of a hundred, 0 to 100; absent without a forced move
     * @param destinations where they go
     */
    @Schema(name = "ForcedMove")
    record ForcedMoveBody(String from, Optional<String> id, Optional<Integer> percentage, List<String> destinations) {

        static ForcedMoveBody of(ForcedMove now) {
            return new ForcedMoveBody(
                    now.from(),
                    now.share().map(UserShare::id),
                    now.share().map(UserShare::percentage),
                    now.destinations());
        }
    }

    /**
     * What is wanted.
     *
     * @param id chooses which users, 1 to 100 characters; made up if absent
     * @param percentage how many users of a hundred, 0 to 100
     * @param destinations names of sites, or host names of backends
     */
    @Schema(name = "NewForcedMove")
    record NewForcedMove(Optional<String> id, Integer percentage, List<String> destinations) {}

    /**
     * Another percentage.
     *
     * @param percentage how many users of a hundred, 0 to 100
     */
    @Schema(name = "ForcedMoveChange")
    record Change(Integer percentage) {}

    /**
     * Who comes home.
     *
     * @param id chooses which users, 1 to 100 characters; as before, or made up, if absent
     * @param percentage how many users of a hundred, 0 to 100
     */
    @Schema(name = "SiteRecovery")
    record Recovery(Optional<String> id, Integer percentage) {}

    private final Cluster cluster;
    private final Changes changes;

    ForceMoveRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    /** Shows which of a site's users are moved when they log in. */
    @Get("/sites/{site}/force-move")
    CompletionStage<ForcedMoveBody> ofSite(String site) {
        return value(new ForceMoveOperations(cluster, Answers.READING).ofSite(site))
                .thenApply(ForcedMoveBody::of);
    }

    /** Starts to move users of a site to others when they log in. Another status of the site ends it. */
    @Post("/sites/{site}/force-move")
    @Status(HttpStatus.CREATED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ForcedMoveBody>> startSite(
            HttpRequest<?> request, String site, @Body NewForcedMove wanted) {
        UserShare share = checked(wanted.id(), wanted.percentage());
        List<String> destinations = some(wanted.destinations());
        return changed(
                request,
                "site.force-move.start",
                "site " + site,
                operations -> operations.ofSite(site),
                operations -> operations.startSite(site, wanted.id(), share.percentage(), destinations));
    }

    /** Changes how many users of a site are moved. Those who were moved stay where they are. */
    @Patch("/sites/{site}/force-move")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ForcedMoveBody>> updateSite(HttpRequest<?> request, String site, @Body Change change) {
        int percentage = checked(Optional.empty(), change.percentage()).percentage();
        return changed(
                request,
                "site.force-move.update",
                "site " + site,
                operations -> operations.ofSite(site),
                operations -> operations.updateSite(site, percentage));
    }

    /** Moves no more users of a site. Those who were moved stay where they are. */
    @Delete("/sites/{site}/force-move")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ForcedMoveBody>> stopSite(HttpRequest<?> request, String site) {
        return changed(
                request,
                "site.force-move.stop",
                "site " + site,
                operations -> operations.ofSite(site),
                operations -> operations.stopSite(site));
    }

    /** Shows which of a backend's users are moved when they log in. */
    @Get("/backends/{host}/force-move")
    CompletionStage<ForcedMoveBody> ofBackend(String host) {
        return value(new ForceMoveOperations(cluster, Answers.READING).ofBackend(host("host", host)))
                .thenApply(ForcedMoveBody::of);
    }

    /** Starts to move users of a backend to groups of other backends when they log in. Another status of the backend ends it. */
    @Post("/backends/{host}/force-move")
    @Status(HttpStatus.CREATED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ForcedMoveBody>> startBackend(
            HttpRequest<?> request, String host, @Body NewForcedMove wanted) {
        HostName name = host("host", host);
        UserShare share = checked(wanted.id(), wanted.percentage());
        List<HostName> destinations = some(wanted.destinations()).stream()
                .map(text -> host("destinations", text))
                .toList();
        return changed(
                request,
                "backend.force-move.start",
                "backend " + name,
                operations -> operations.ofBackend(name),
                operations -> operations.startBackend(name, wanted.id(), share.percentage(), destinations));
    }

    /** Changes how many users of a backend are moved. Those who were moved stay where they are. */
    @Patch("/backends/{host}/force-move")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ForcedMoveBody>> updateBackend(HttpRequest<?> request, String host, @Body Change change) {
        HostName name = host("host", host);
        int percentage = checked(Optional.empty(), change.percentage()).percentage();
        return changed(
                request,
                "backend.force-move.update",
                "backend " + name,
                operations -> operations.ofBackend(name),
                operations -> operations.updateBackend(name, percentage));
    }

    /** Moves no more users of a backend. Those who were moved stay where they are. */
    @Delete("/backends/{host}/force-move")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ForcedMoveBody>> stopBackend(HttpRequest<?> request, String host) {
        HostName name = host("host", host);
        return changed(
                request,
                "backend.force-move.stop",
                "backend " + name,
                operations -> operations.ofBackend(name),
                operations -> operations.stopBackend(name));
    }

    /** Has a percentage of the users come home whom other sites have taken over. */
    @Put("/sites/{site}/failover/recovery")
    @Conditional
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<FailoverBody>> recover(HttpRequest<?> request, String site, @Body Recovery wanted) {
        UserShare share = checked(wanted.id(), wanted.percentage());
        return FailoverRoutes.before(cluster, site)
                .thenCompose(before -> changes.make(
                        request,
                        new What("site.recover", "site " + site, before),
                        audit -> new SiteFailoverOperations(
                                        cluster, audit, ETag.required(request, SiteFailover::version))
                                .recover(site, wanted.id(), share.percentage()),
                        FailoverBody::of));
    }

    private CompletionStage<Changed<ForcedMoveBody>> changed(
            HttpRequest<?> request,
            String action,
            String target,
            Function<ForceMoveOperations, CompletionStage<Outcome<ForcedMove>>> reading,
            Function<ForceMoveOperations, CompletionStage<Outcome<ForcedMove>>> step) {
        return value(reading.apply(new ForceMoveOperations(cluster, Answers.READING)))
                .thenCompose(before -> changes.make(
                        request,
                        new What(action, target, Optional.of(ForcedMoveBody.of(before))),
                        audit -> step.apply(new ForceMoveOperations(cluster, audit)),
                        ForcedMoveBody::of));
    }

    private static UserShare checked(Optional<String> id, int percentage) {
        try {
            return new UserShare(id.map(text -> Input.name("id", text)).orElse("any"), percentage);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> some(List<String> destinations) {
        if (destinations.isEmpty()) {
            throw ProblemException.badRequest("destinations: at least one");
        }
        return destinations;
    }

    private static HostName host(String field, String text) {
        return Input.parse(field, text, HostName::new);
    }
}
