package org.pombal.controller.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.oidc.OpenIdConnect;
import org.pombal.controller.site.Leadership;
import org.pombal.controller.task.TaskWatch;
import org.pombal.geodb.GeoDb;
import org.pombal.operations.Cluster;

/** Whether the controller is well. Asks for no token, and so tells nothing that would need one. */
@Tag(name = "Health")
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class HealthRoutes {

    /**
     * How it is.
     *
     * @param status up, or degraded: it runs, and something that it needs does not answer
     * @param site which it is of
     * @param geoDb up or away
     * @param leader up, or missing: no controller of the site is known to act
     * @param tasks up, or away: the queues of tasks (Redis) cannot be reached; or idle: a queue has no worker
     * @param issuer of OpenID Connect, if there is one: up or away, as it was when it was needed last
     * @param prometheus if this process has needed it of late: up, or away: load balancing goes by what the nodes report
     */
    @Schema(name = "Health")
    record HealthBody(
            @Schema(
                    type = "string",
                    allowableValues = {"up", "degraded"})
            String status,

            String site,

            @Schema(
                    type = "string",
                    allowableValues = {"up", "away"})
            String geoDb,

            @Schema(
                    type = "string",
                    allowableValues = {"up", "missing"})
            String leader,

            @Schema(
                    type = "string",
                    allowableValues = {"up", "away", "idle"})
            String tasks,

            @Schema(
                    type = "string",
                    allowableValues = {"up", "away"})
            Optional<String> issuer,

            @Schema(
                    type = "string",
                    allowableValues = {"up", "away"})
            Optional<String> prometheus) {

        static HealthBody of(
                String site,
                boolean geoDbAnswers,
                boolean someoneLeads,
                String tasks,
                Optional<Boolean> issuerAnswers,
                Optional<Boolean> prometheusAnswers) {
            boolean up = geoDbAnswers
                    && someoneLeads
                    && tasks.equals("up")
                    && issuerAnswers.orElse(true)
                    && prometheusAnswers.orElse(true);
            return new HealthBody(
                    up ? "up" : "degraded",
                    site,
                    upOrAway(geoDbAnswers),
                    someoneLeads ? "up" : "missing",
                    tasks,
                    issuerAnswers.map(HealthBody::upOrAway),
                    prometheusAnswers.map(HealthBody::upOrAway));
        }

        private static String upOrAway(boolean answers) {
            return answers ? "up" : "away";
        }
    }

    /** Who looks after a controller waits not much longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final GeoDb geoDb;
    private final Cluster cluster;
    private final TaskWatch tasks;
    private final OpenIdConnect openIdConnect;
    private final Leadership leadership;
    private final Automation automation;

    HealthRoutes(
            GeoDb geoDb,
            Cluster cluster,
            TaskWatch tasks,
            OpenIdConnect openIdConnect,
            Leadership leadership,
            Automation automation) {
        this.openIdConnect = openIdConnect;
        this.geoDb = geoDb;
        this.cluster = cluster;
        this.tasks = tasks;
        this.leadership = leadership;
        this.automation = automation;
    }

    private String tasksAre() {
        return tasks.queues()
                .map(queues -> queues.values().stream()
                                .anyMatch(queue -> queue.workers().isEmpty())
                        ? "idle"
                        : "up")
                .orElse("away");
    }

    private CompletionStage<Boolean> geoDbAnswers() {
        return geoDb.sites()
                .list()
                .toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((sites, failure) -> sites != null);
    }

    /** Says how the controller is. */
    @Get("/api/v1/health")
    @ApiResponse(responseCode = "200")
    CompletionStage<HealthBody> health() {
        return geoDbAnswers()
                .thenApply(answers -> HealthBody.of(
                        cluster.localSite(),
                        answers,
                        leadership.leader().isPresent(),
                        tasksAre(),
                        openIdConnect.issuerAnswers(),
                        automation.prometheusAnswers()));
    }

    /** For those who start it again when it does not answer. */
    @Get("/healthz")
    @Hidden
    String alive() {
        return "ok";
    }

    /** For load balancers: whether it can do anything for whoever asks. */
    @Get("/readyz")
    @Hidden
    CompletionStage<HttpResponse<String>> ready() {
        return geoDbAnswers()
                .thenApply(answers -> answers
                        ? HttpResponse.ok("ok")
                        : HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE)
                                .body("GeoDB does not answer"));
    }
}
