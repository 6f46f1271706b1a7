package org.pombal.controller.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.automation.ScaleReport;
import org.pombal.controller.http.Outcomes;
import org.pombal.controller.security.Roles;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.model.feature.FeatureState;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.settings.Settings;

/** How many backends the site should have. */
@Tag(name = "Autoscaling")
@Controller("/api/v1/autoscaling")
@Secured(Roles.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AutoscalingRoutes {

    /**
     * How many backends the site has, how many it should have, and what becomes of that.
     *
     * @param state of the feature: off: nothing is decided; dryrun: it is decided and shown; on: it is carried out
     * @param autoscaler who says how many: default, load, class, command or http
     * @param actuator who has them started and stopped: none, command or kubernetes
     * @param backends how many the site has, whatever their status
     * @param desired how many it should have; as many as there are while nothing is decided
     * @param platform how many of those that are started and stopped are to run
     * @param decidedAt when that was decided
     * @param why it should have so many
     * @param next what is waited for
     * @param problem why the scaler's answer is of no use, so that nothing changes
     * @param notes what else an operator should know
     */
    @Schema(name = "Autoscaling")
    record AutoscalingBody(
            String site,

            @Schema(
                    type = "string",
                    allowableValues = {"off", "dryrun", "on"})
            String state,

            @Schema(
                    type = "string",
                    allowableValues = {"default", "load", "class", "command", "http"})
            String autoscaler,

            @Schema(
                    type = "string",
                    allowableValues = {"none", "command", "kubernetes"})
            String actuator,

            int backends,
            int desired,
            Optional<Integer> platform,
            Optional<Instant> decidedAt,
            String why,
            Optional<String> next,
            Optional<String> problem,
            List<String> notes) {}

    private final Cluster cluster;
    private final Automation automation;
    private final Settings settings;

    AutoscalingRoutes(Cluster cluster, Automation automation, Settings settings) {
        this.cluster = cluster;
        this.automation = automation;
        this.settings = settings;
    }

    /** Shows how many backends the site of this controller has, how many it should have, why, and what happens next. */
    @Get
    CompletionStage<AutoscalingBody> show() {
        FeatureState state = PlanRoutes.asked(automation.autoscaling()::state);
        Optional<ScaleReport> last = PlanRoutes.asked(automation.autoscaling()::last);
        return Outcomes.value(new BackendOperations(cluster, Answers.READING).list(Optional.of(cluster.localSite())))
                .thenApply(backends -> body(state, last, backends.size()));
    }

    private AutoscalingBody body(FeatureState state, Optional<ScaleReport> last, int backends) {
        return new AutoscalingBody(
                cluster.localSite(),
                state.toString(),
                settings.get(AutoscalerSettings.SCALER).toString(),
                settings.get(AutoscalerSettings.ACTUATOR).toString(),
                backends,
                last.map(ScaleReport::desired).orElse(backends),
                last.map(ScaleReport::running).filter(running -> running > 0),
                last.map(report -> Instant.ofEpochMilli(report.at())),
                last.map(ScaleReport::why)
                        .orElse(state == FeatureState.OFF ? "the feature autoscaling is off" : "not decided yet"),
                last.flatMap(report -> Optional.ofNullable(report.next())),
                last.flatMap(report -> Optional.ofNullable(report.problem())),
                last.map(ScaleReport::notes).orElse(List.of()));
    }
}
