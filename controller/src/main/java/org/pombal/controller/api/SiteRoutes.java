package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
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
import org.pombal.controller.http.Flag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupCounts;
import org.pombal.operations.Progress;
import org.pombal.operations.SiteChange;
import org.pombal.operations.SiteGroups;
import org.pombal.operations.SiteOperations;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;

/** Sites. */
@Tag(name = "Sites")
@Controller("/api/v1/sites")
@Secured(Roles.VIEWER)
final class SiteRoutes {

    /**
     * A site to be added.
     *
     * @param id the former id of a site that comes back; given only in special cases
     * @param tag name or id of its tag
     */
    @Schema(name = "NewSite")
    record NewSite(String name, Optional<String> id, Optional<String> tag, Optional<String> loadBalancer) {}

    /**
     * What is to change; what is absent stays.
     *
     * @param name the nodes of the site need it as cluster_local_site when they are started again
     * @param tag name or id of a tag; an empty text takes the tag away
     * @param loadBalancer an empty text takes it away
     */
    @Schema(name = "SiteChange")
    record Change(
            Optional<String> name, Optional<String> status, Optional<String> tag, Optional<String> loadBalancer) {}

    /** @param count how many groups, default-1 to default-N, if the site has no number yet */
    @Schema(name = "GroupCreation")
    record GroupCreation(Optional<Integer> count) {}

    private static final int MAX_GROUPS = 1_000_000;
    private static final SiteGroups.Mode CREATE_MISSING = new SiteGroups.Mode(false, false, false);

    private final Cluster cluster;
    private final Changes changes;
    private final int usualGroupCount;

    SiteRoutes(Cluster cluster, Changes changes, Settings settings) {
        this.cluster = cluster;
        this.changes = changes;
        this.usualGroupCount = settings.get(SiteSettings.DEFAULT_GROUP_COUNT);
    }

    private SiteOperations sites(Audit audit) {
        return new SiteOperations(cluster, audit);
    }

    private CompletionStage<SiteBody> read(String name) {
        return value(sites(Answers.READING).status(name)).thenApply(SiteBody::of);
    }

    /** Lists the sites. */
    @Get
    CompletionStage<Items<SiteBody>> list() {
        return value(sites(Answers.READING).list())
                .thenApply(sites -> Items.all(sites.stream().map(SiteBody::of).toList()));
    }

    /** Shows a site. */
    @Get("/{site}")
    CompletionStage<HttpResponse<SiteBody>> show(String site) {
        return read(site).thenApply(body -> Answers.of(body, body.version()));
    }

    /** Adds a site, online. */
    @Post
    @Status(HttpStatus.CREATED)
    @Secured(Roles.OPERATOR)
    CompletionStage<HttpResponse<Changed<SiteBody>>> add(HttpRequest<?> request, @Body NewSite added) {
        String name = Input.name("name", added.name());
        Optional<SiteId> id = Input.parse("id", added.id(), SiteId::parse);
        return changes.make(
                        request,
                        What.added("site.add", "site " + name),
                        audit -> sites(audit).add(name, id, added.tag(), added.loadBalancer()),
                        SiteBody::of)
                .thenApply(changed -> Answers.created(
                        changed,
                        changed.result().version(),
                        "sites",
                        changed.result().name()));
    }

    /** Changes a site, or gives it another name. */
    @Patch("/{site}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<SiteBody>>> update(HttpRequest<?> request, String site, @Body Change change) {
        Input.requireAny(change.name(), change.status(), change.tag(), change.loadBalancer());
        SiteChange wanted = new SiteChange(
                change.name().map(name -> Input.name("name", name)),
                Input.parse("status", change.status(), SiteStatus::parse),
                change.tag(),
                change.loadBalancer());
        return read(site)
                .thenCompose(before -> changes.make(
                        request,
                        new What("site.update", "site " + site, Optional.of(before)),
                        audit -> sites(audit).update(site, wanted, ETag.required(request, Site::version)),
                        SiteBody::of))
                .thenApply(changed -> Answers.of(changed, changed.result().version()));
    }

    /** Removes a site that has no backends and users any more; with force also one that has. */
    @Delete("/{site}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<Changed<String>> remove(
            HttpRequest<?> request, String site, @QueryValue @Flag Optional<String> force) {
        boolean forced = Input.flag("force", force).orElse(false);
        return read(site)
                .thenCompose(before -> changes.make(
                        request,
                        new What("site.remove", "site " + site, Optional.of(before)),
                        audit ->
                                sites(audit).remove(site, forced, Progress.NONE, ETag.required(request, Site::version)),
                        Site::name));
    }

    /** Creates those of the site's groups that are missing. */
    @Post("/{site}/init")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<GroupCounts>> init(HttpRequest<?> request, String site, @Body GroupCreation creation) {
        int count = creation.count().orElse(usualGroupCount);
        if (count < 1 || count > MAX_GROUPS) {
            throw ProblemException.badRequest("count: " + count + " is outside 1 to " + MAX_GROUPS);
        }
        return changes.make(
                request,
                What.added("site.init", "site " + site),
                audit -> new SiteGroups(cluster, audit).create(site, count, CREATE_MISSING, Progress.NONE),
                counts -> counts);
    }
}
