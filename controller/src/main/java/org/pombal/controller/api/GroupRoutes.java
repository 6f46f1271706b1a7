package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.completedFuture;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Flag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupOperations;

/** User groups and their moves between backends. */
@Tag(name = "Groups")
@Controller("/api/v1/sites/{site}/groups")
@Secured(Roles.VIEWER)
final class GroupRoutes {

    /** What is to change; what is absent stays. */
    @Schema(name = "GroupChange")
    record Change(Optional<Boolean> stickyBackend, Optional<Boolean> stickyUsers) {}

    /** @param backend the host name of a backend of the same site, which must be online */
    @Schema(name = "NewMove")
    record NewMove(String backend) {}

    /**
     * How far a move is. It has ended when the group's move is absent.
     *
     * @param remaining how many users had sessions when the hand-over began
     * @param done how many of these have gone over
     */
    @Schema(name = "MoveProgress")
    record ProgressBody(GroupBody.Move move, int remaining, int done) {}

    /** A request reads no more, even if it has not found what it looks for. */
    private static final int PARTS_AT_ONCE = 100;

    private final Cluster cluster;
    private final Changes changes;

    GroupRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    private GroupOperations groups(Audit audit) {
        return new GroupOperations(cluster, audit);
    }

    private CompletionStage<GroupBody> read(String site, String group) {
        return value(groups(Answers.READING).status(site, group)).thenApply(GroupBody::of);
    }

    /**
     * Lists the groups of a site, in no order that has a meaning.
     *
     * @param backend only those that it owns or that are moving to it
     * @param moving only those that are moving, or that are not
     */
    @Get
    CompletionStage<Items<GroupBody>> list(
            String site,
            @QueryValue Optional<String> backend,
            @QueryValue @Flag Optional<String> moving,
            @QueryValue Optional<String> cursor,
            @QueryValue @Limit Optional<String> limit) {
        PageRequest page = PageRequest.of(cursor, limit);
        Optional<HostName> host = Input.parse("backend", backend, HostName::new);
        Optional<Boolean> wanted = Input.flag("moving", moving);
        Predicate<GroupBody> fits = group -> (host.isEmpty() || concerns(group, host.get()))
                && (wanted.isEmpty() || wanted.get() == group.move().isPresent());
        int parts = host.isPresent() || wanted.isPresent() ? PARTS_AT_ONCE : 1;
        return page.read(part ->
                fitting(site, fits, new Items<>(List.of(), part.cursor().map(PageToken::value)), part.limit(), parts));
    }

    /** Goes on as long as it has found fewer than asked for, so that few among many do not take as many requests as there are parts. */
    private CompletionStage<Items<GroupBody>> fitting(
            String site, Predicate<GroupBody> fits, Items<GroupBody> sofar, int limit, int parts) {
        return value(groups(Answers.READING).page(site, sofar.next().map(PageToken::new), limit))
                .thenCompose(page -> {
                    Items<GroupBody> found = new Items<>(
                            Stream.concat(
                                            sofar.items().stream(),
                                            page.rows().stream()
                                                    .map(GroupBody::of)
                                                    .filter(fits))
                                    .toList(),
                            page.next().map(PageToken::value));
                    return found.next().isEmpty() || found.items().size() >= limit || parts == 1
                            ? completedFuture(found)
                            : fitting(site, fits, found, limit, parts - 1);
                });
    }

    private static boolean concerns(GroupBody group, HostName backend) {
        return group.backend().equals(backend.value())
                || group.move()
                        .filter(move -> move.to().equals(backend.value()))
                        .isPresent();
    }

    /** Shows a group. */
    @Get("/{group}")
    CompletionStage<HttpResponse<GroupBody>> show(String site, String group) {
        return read(site, group).thenApply(body -> Answers.of(body, body.version()));
    }

    /** Changes whether the group, or its users, may be moved automatically. */
    @Patch("/{group}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<GroupBody>>> update(
            HttpRequest<?> request, String site, String group, @Body Change change) {
        Input.requireAny(change.stickyBackend(), change.stickyUsers());
        return read(site, group)
                .thenCompose(before -> changes.make(
                        request,
                        new What("group.update", name(site, group), Optional.of(before)),
                        audit -> groups(audit)
                                .setSticky(
                                        site,
                                        group,
                                        change.stickyBackend(),
                                        change.stickyUsers(),
                                        ETag.required(request, UserGroup::epoch)),
                        GroupBody::of))
                .thenApply(changed -> Answers.of(changed, changed.result().version()));
    }

    /** Asks for a move of the group to another backend; it is carried out by the backends. */
    @Post("/{group}/move")
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<MoveBody>>> move(
            HttpRequest<?> request, String site, String group, @Body NewMove wanted) {
        HostName host = Input.parse("backend", wanted.backend(), HostName::new);
        return read(site, group)
                .thenCompose(before -> changes.make(
                        request,
                        new What("group.move", name(site, group), Optional.of(before)),
                        audit -> groups(audit).move(site, group, host, false, ETag.required(request, UserGroup::epoch)),
                        MoveBody::of))
                .thenApply(started -> HttpResponse.<Changed<MoveBody>>accepted().body(started));
    }

    /** Shows how far the group's move is; 404 if it does not move, or not any more. */
    @Get("/{group}/move")
    CompletionStage<ProgressBody> progress(String site, String group) {
        return value(groups(Answers.READING).status(site, group)).thenCompose(view -> {
            GroupMove move = view.group()
                    .move()
                    .orElseThrow(
                            () -> new ProblemException(HttpStatus.NOT_FOUND, name(site, group) + " does not move"));
            GeoDb geoDb = cluster.geoDb();
            return geoDb.moveProgress()
                    .find(move.id())
                    .thenApply(users -> new ProgressBody(
                            GroupBody.of(view).move().orElseThrow(),
                            users.remaining().size(),
                            users.done().size()));
        });
    }

    /** Takes back a move that its backend has not begun with. */
    @Delete("/{group}/move")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<Changed<GroupBody>> withdraw(HttpRequest<?> request, String site, String group) {
        return read(site, group)
                .thenCompose(before -> changes.make(
                        request,
                        new What("group.move.withdraw", name(site, group), Optional.of(before)),
                        audit -> groups(audit).withdraw(site, group, ETag.required(request, UserGroup::epoch)),
                        GroupBody::of));
    }

    private static String name(String site, String group) {
        return "group " + group + " of site " + site;
    }
}
