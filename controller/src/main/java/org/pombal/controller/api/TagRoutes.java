package org.pombal.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Flag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.TagOperations;

/** Tags: shards of users and sites. */
@io.swagger.v3.oas.annotations.tags.Tag(name = "Tags")
@Controller("/api/v1/tags")
@Secured(Roles.VIEWER)
final class TagRoutes {

    /**
     * A tag.
     *
     * @param id stays when the name changes
     * @param version for If-Match
     */
    @Schema(name = "Tag")
    record TagBody(String id, String name, long version) {

        static TagBody of(Tag tag) {
            return new TagBody(tag.id().toString(), tag.name(), versionOf(tag));
        }
    }

    /** @param id the former id of a tag that comes back; given only in special cases */
    @Schema(name = "NewTag")
    record NewTag(String name, Optional<String> id) {}

    /** A new name. */
    @Schema(name = "TagChange")
    record Change(String name) {}

    private final Cluster cluster;
    private final Changes changes;

    TagRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    /** A tag has nothing but its name, so that a name is a version. */
    private static long versionOf(Tag tag) {
        CRC32 sum = new CRC32();
        sum.update(tag.name().getBytes(UTF_8));
        return sum.getValue();
    }

    private TagOperations tags(Audit audit) {
        return new TagOperations(cluster, audit);
    }

    /** Lists the tags. */
    @Get
    CompletionStage<Items<TagBody>> list() {
        return value(tags(Answers.READING).list())
                .thenApply(all -> Items.all(all.stream().map(TagBody::of).toList()));
    }

    /** Adds a tag. */
    @Post
    @Status(HttpStatus.CREATED)
    @Secured(Roles.OPERATOR)
    CompletionStage<HttpResponse<Changed<TagBody>>> add(HttpRequest<?> request, @Body NewTag added) {
        String name = Input.name("name", added.name());
        Optional<TagId> id = Input.parse("id", added.id(), TagId::parse);
        return changes.make(
                        request,
                        What.added("tag.add", "tag " + name),
                        audit -> tags(audit).create(name, id),
                        TagBody::of)
                .thenApply(changed -> Answers.created(changed, changed.result().version(), "tags", name));
    }

    /** Gives a tag, named by its name or id, another name. */
    @Patch("/{tag}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<TagBody>>> rename(HttpRequest<?> request, String tag, @Body Change change) {
        String name = Input.name("name", change.name());
        return changes.make(
                        request,
                        new What("tag.rename", "tag " + tag, Optional.of(new Change(tag))),
                        audit -> tags(audit).rename(tag, name, ETag.required(request, TagRoutes::versionOf)),
                        TagBody::of)
                .thenApply(changed -> Answers.of(changed, changed.result().version()));
    }

    /** Deletes a tag that no site has; with force also one that some have. */
    @Delete("/{tag}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<Changed<TagBody>> delete(
            HttpRequest<?> request, String tag, @QueryValue @Flag Optional<String> force) {
        boolean forced = Input.flag("force", force).orElse(false);
        return changes.make(
                request,
                new What("tag.delete", "tag " + tag, Optional.of(new Change(tag))),
                audit -> tags(audit).delete(tag, forced, ETag.required(request, TagRoutes::versionOf)),
                TagBody::of);
    }
}
