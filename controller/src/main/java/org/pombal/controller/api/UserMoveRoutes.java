package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.PageToken;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Cluster;
import org.pombal.operations.Outcome;
import org.pombal.operations.UserMoveView;
import org.pombal.operations.UserMoves;
import org.pombal.operations.UserOperations;

/** Moves and deletions of users while they last. */
@Tag(name = "Users")
@Controller("/api/v1")
@Secured(Roles.VIEWER)
final class UserMoveRoutes {

    /** A request reads no more, even if it has not found what it looks for: most groups have nobody who leaves. */
    private static final int PARTS_AT_ONCE = 100;

    private final Cluster cluster;
    private final Changes changes;

    UserMoveRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    private CompletionStage<UserMoveBody> read(UserKey key) {
        return value(new UserMoves(cluster, Answers.READING).find(key))
                .thenApply(view -> UserMoveBody.of(view, cluster.clock().instant()));
    }

    /** What is to be taken back; if it has ended meanwhile, the user, who must be there. */
    private CompletionStage<Optional<Object>> before(UserKey key) {
        return new UserMoves(cluster, Answers.READING)
                .find(key)
                .thenCompose(outcome -> outcome instanceof Outcome.Done<UserMoveView> done
                        ? completedFuture(Optional.of(
                                UserMoveBody.of(done.value(), cluster.clock().instant())))
                        : value(new UserOperations(cluster).status(key))
                                .thenApply(view -> Optional.of(UserRoutes.UserBody.of(view))));
    }

    /** Shows how far the user's move or deletion is; 404 if there is none, or not any more. */
    @Get("/users/{user}/move")
    CompletionStage<UserMoveBody> show(String user) {
        return read(Input.parse("user", user, UserKey::new));
    }

    /**
     * Takes back the user's move or deletion, by the If-Match of the user. What has been written into the user's row stands: then it is 409,
     * or the move is seen to have ended all the same. Until that is sure nobody serves the user, which takes the backend a moment.
     */
    @Delete("/users/{user}/move")
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<UserRoutes.MoveBody>>> withdraw(HttpRequest<?> request, String user) {
        UserKey key = Input.parse("user", user, UserKey::new);
        return before(key)
                .thenCompose(before -> changes.make(
                        request,
                        new What("user.move.withdraw", "user " + key, before),
                        audit -> new UserMoves(cluster, audit).withdraw(key, ETag.required(request, User::version)),
                        UserRoutes.MoveBody::of))
                .thenApply(started ->
                        HttpResponse.<Changed<UserRoutes.MoveBody>>accepted().body(started));
    }

    /** Lists the users who are leaving groups of a site, in no order that has a meaning; a part may be empty with more to come. */
    @Get("/sites/{site}/user-moves")
    CompletionStage<Items<UserMoveBody>> list(
            String site, @QueryValue Optional<String> cursor, @QueryValue @Limit Optional<String> limit) {
        PageRequest page = PageRequest.of(cursor, limit);
        return page.read(part ->
                found(site, new Items<>(List.of(), part.cursor().map(PageToken::value)), part.limit(), PARTS_AT_ONCE));
    }

    private CompletionStage<Items<UserMoveBody>> found(String site, Items<UserMoveBody> sofar, int limit, int parts) {
        return value(new UserMoves(cluster, Answers.READING)
                        .page(site, sofar.next().map(PageToken::new), limit))
                .thenCompose(page -> {
                    Items<UserMoveBody> found = new Items<>(
                            Stream.concat(
                                            sofar.items().stream(),
                                            page.rows().stream()
                                                    .map(view -> UserMoveBody.of(
                                                            view,
                                                            cluster.clock().instant())))
                                    .toList(),
                            page.next().map(PageToken::value));
                    return found.next().isEmpty() || found.items().size() >= limit || parts == 1
                            ? completedFuture(found)
                            : found(site, found, limit, parts - 1);
                });
    }
}
