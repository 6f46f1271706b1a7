package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.model.reachability.ReachabilityMatrix.Way;
import org.pombal.operations.Cluster;
import org.pombal.operations.ReachabilityOperations;
import org.pombal.operations.ReachabilityOperations.Listed;

/** Which site reaches which, as their proxies find. */
@Tag(name = "Reachability")
@Controller("/api/v1/reachability")
@Secured(Roles.VIEWER)
final class ReachabilityRoutes {

    /**
     * The way from one site to another.
     *
     * @param reachable unknown if none of its proxies has said anything lately
     * @param reaching how many of its proxies reach it
     * @param failing how many do not
     * @param lastsSeconds for how long it has been so; absent if nothing was ever said about it
     * @param ageSeconds how long ago a proxy said something last
     * @param why one of the reasons that proxies gave
     */
    @Schema(name = "Way")
    record WayBody(
            String source,
            String destination,

            @Schema(
                    type = "string",
                    allowableValues = {"yes", "no", "unknown"})
            String reachable,

            int reaching,
            int failing,
            Optional<Long> lastsSeconds,
            Optional<Long> ageSeconds,
            Optional<String> why) {

        static WayBody of(Listed listed) {
            return new WayBody(
                    listed.source(),
                    listed.destination(),
                    listed.reachable(),
                    listed.way().map(Way::reaching).orElse(0),
                    listed.way().map(Way::failing).orElse(0),
                    listed.way().map(Way::lasts).map(Duration::toSeconds),
                    listed.way().map(Way::age).map(Duration::toSeconds),
                    listed.way().flatMap(Way::why));
        }
    }

    private final Cluster cluster;

    ReachabilityRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Lists the ways between sites that have a load balancer; of one source, to one destination. */
    @Get
    CompletionStage<Items<WayBody>> list(
            @QueryValue Optional<String> source, @QueryValue Optional<String> destination) {
        return value(new ReachabilityOperations(cluster).list(source, destination))
                .thenApply(ways -> Items.all(ways.stream().map(WayBody::of).toList()));
    }
}
