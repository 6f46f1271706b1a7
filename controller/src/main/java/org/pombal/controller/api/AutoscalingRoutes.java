package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.autoscaling.Autoscaler;
import org.pombal.controller.security.Roles;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;

/** How many backends the site should have. */
@Tag(name = "Autoscaling")
@Controller("/api/v1/autoscaling")
@Secured(Roles.VIEWER)
final class AutoscalingRoutes {

    /**
     * What the autoscaler wants.
     *
     * @param autoscaler which one: default, which wants what there is
     * @param backends how many the site has, whatever their status
     * @param desired how many it should have; nothing carries that out yet
     */
    @Schema(name = "Autoscaling")
    record AutoscalingBody(String site, String autoscaler, int backends, int desired) {}

    private final Cluster cluster;

    AutoscalingRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Shows how many backends the site of this controller has, and how many it should have. */
    @Get
    CompletionStage<AutoscalingBody> show() {
        String site = cluster.localSite();
        return value(new BackendOperations(cluster, Answers.READING).list(Optional.of(site)))
                .thenApply(backends -> new AutoscalingBody(
                        site,
                        "default",
                        backends.size(),
                        Autoscaler.DEFAULT.desiredNumberOfBackends(site, backends.size())));
    }
}
