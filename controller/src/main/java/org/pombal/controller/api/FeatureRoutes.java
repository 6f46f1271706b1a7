package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.FeatureOperations;

/** What a site's controller does by itself. */
@Tag(name = "Features")
@Controller("/api/v1/sites/{site}/features")
@Secured(Roles.VIEWER)
final class FeatureRoutes {

    /**
     * A feature of a site.
     *
     * @param state off: nothing is decided; dryrun: what would be done is decided and shown; on: it is done
     * @param version for If-Match
     */
    @Schema(name = "Feature")
    record FeatureBody(
            @Schema(
                    type = "string",
                    allowableValues = {"error-mitigation", "load-balancing", "autoscaling", "metrics"})
            String feature,

            @Schema(
                    type = "string",
                    allowableValues = {"off", "dryrun", "on"})
            String state,

            long version) {

        static FeatureBody of(SiteFeature feature) {
            return new FeatureBody(feature.feature().toString(), feature.state().toString(), feature.version());
        }
    }

    /** The wanted state. */
    @Schema(name = "FeatureChange")
    record Change(
            @Schema(
                    type = "string",
                    allowableValues = {"off", "dryrun", "on"})
            String state) {}

    private final Cluster cluster;
    private final Changes changes;

    FeatureRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    private FeatureOperations features(Audit audit) {
        return new FeatureOperations(cluster, audit);
    }

    private CompletionStage<Items<FeatureBody>> read(String site) {
        return value(features(Answers.READING).list(site))
                .thenApply(all -> Items.all(all.stream().map(FeatureBody::of).toList()));
    }

    /** Lists the features of a site. */
    @Get
    CompletionStage<Items<FeatureBody>> list(String site) {
        return read(site);
    }

    /** Switches a feature of the site that this controller is of; those of other sites are switched through their own. */
    @Put("/{feature}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<FeatureBody>>> set(
            HttpRequest<?> request, String site, String feature, @Body Change change) {
        Feature wanted = Input.parse("feature", feature, Feature::parse);
        FeatureState state = Input.parse("state", change.state(), FeatureState::parse);
        return read(site)
                .thenApply(all -> all.items().stream()
                        .filter(body -> body.feature().equals(wanted.toString()))
                        .<Object>map(body -> body)
                        .findFirst())
                .thenCompose((Optional<Object> before) -> changes.make(
                        request,
                        new What("feature.set", "site " + site + ", feature " + wanted, before),
                        audit -> features(audit).set(site, wanted, state, ETag.required(request, SiteFeature::version)),
                        FeatureBody::of))
                .thenApply(changed -> Answers.of(changed, changed.result().version()));
    }
}
