package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
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
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Cluster;
import org.pombal.operations.Departures;
import org.pombal.operations.GroupView;
import org.pombal.operations.StartedUserMove;
import org.pombal.operations.UserOperations;
import org.pombal.operations.UserOperations.Listed;
import org.pombal.operations.UserSearch;
import org.pombal.operations.UserView;

/** Users. */
@Tag(name = "Users")
@Controller("/api/v1/users")
@Secured(Roles.VIEWER)
final class UserRoutes {

    /**
     * A user in a list.
     *
     * @param site the home site
     * @param group the home group
     * @param failoverGroup the group on another site that serves the user when the home site is lost
     */
    @Schema(name = "ListedUser")
    record ListedBody(String user, String site, String group, Optional<String> failoverGroup, long version) {

        static ListedBody of(Listed listed) {
            return new ListedBody(
                    listed.user().key().value(),
                    listed.siteName(),
                    listed.user().home().name(),
                    listed.user().failover().map(GroupId::name),
                    listed.user().version());
        }
    }

    /**
     * A user.
     *
     * @param backend who serves the user; absent if the group does not exist yet
     * @param moving whether the user, or the group, is on the way to somewhere else
     * @param why by which rule or move the user is where he is
     * @param version for If-Match
     */
    @Schema(name = "User")
    record UserBody(
            String user,
            String site,
            String group,
            Optional<String> backend,
            Optional<String> failoverSite,
            Optional<String> failoverGroup,
            boolean moving,
            String why,
            long version) {

        static UserBody of(UserView view) {
            return new UserBody(
                    view.user().key().value(),
                    view.siteName(),
                    view.user().home().name(),
                    view.group().map(GroupView::backend),
                    view.failoverSiteName(),
                    view.user().failover().map(GroupId::name),
                    view.isMoving(),
                    view.why(),
                    view.user().version());
        }
    }

    /**
     * Where a user is to go.
     *
     * @param site of the group; the user's home site if absent
     * @param failoverGroup a group of the user's failover site
     */
    @Schema(name = "NewUserMove")
    record NewMove(String group, Optional<String> site, Optional<String> failoverGroup) {}

    /**
     * A user's move or deletion that was asked for.
     *
     * @param id absent if there was nothing to hand over
     * @param finished whether it is done already, because no backend serves the group
     */
    @Schema(name = "StartedUserMove")
    record MoveBody(String user, String from, Optional<String> to, Optional<String> id, boolean finished) {

        static MoveBody of(StartedUserMove move) {
            return new MoveBody(
                    move.user().value(), move.from(), move.to(), move.id().map(MoveId::toString), move.finished());
        }
    }

    private final Cluster cluster;
    private final Changes changes;

    UserRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    private static UserKey key(String text) {
        return Input.parse("user", text, UserKey::new);
    }

    private CompletionStage<UserBody> read(UserKey key) {
        return value(new UserOperations(cluster).status(key)).thenApply(UserBody::of);
    }

    /**
     * Searches users, in no order that has a meaning. By group and by backend it reads their users only; otherwise it goes through all
     * users of the cluster, and a part may be empty with more to come.
     *
     * @param prefix how names begin
     * @param site only users at home in this site
     * @param group only users of this group, of this controller's site if no other is named
     * @param backend only users of groups that this backend owns
     */
    @Get
    CompletionStage<Items<ListedBody>> search(
            @QueryValue(defaultValue = "") String prefix,
            @QueryValue Optional<String> site,
            @QueryValue Optional<String> group,
            @QueryValue Optional<String> backend,
            @QueryValue Optional<String> cursor,
            @QueryValue @Limit Optional<String> limit) {
        PageRequest page = PageRequest.of(cursor, limit);
        UserSearch.Query query =
                new UserSearch.Query(prefix, site, group, Input.parse("backend", backend, HostName::new));
        return page.read(part -> value(new UserSearch(cluster).page(query, part.cursor(), part.limit())))
                .thenApply(found -> new Items<>(
                        found.rows().stream().map(ListedBody::of).toList(),
                        found.next().map(PageToken::value)));
    }

    /** Shows where a user is. */
    @Get("/{user}")
    CompletionStage<HttpResponse<UserBody>> show(String user) {
        return read(key(user)).thenApply(body -> Answers.of(body, body.version()));
    }

    /** Asks for a move of the user to another group; it is carried out by the group's backend. */
    @Post("/{user}/move")
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<MoveBody>>> move(HttpRequest<?> request, String user, @Body NewMove wanted) {
        UserKey key = key(user);
        return read(key)
                .thenCompose(before -> changes.make(
                        request,
                        new What("user.move", "user " + key, Optional.of(before)),
                        audit -> new Departures(cluster, audit)
                                .move(
                                        key,
                                        wanted.site(),
                                        wanted.group(),
                                        wanted.failoverGroup(),
                                        Optional.empty(),
                                        ETag.required(request, User::version)),
                        MoveBody::of))
                .thenApply(started -> HttpResponse.<Changed<MoveBody>>accepted().body(started));
    }

    /** Deletes a user: the next login is like the first. */
    @Delete("/{user}")
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<MoveBody>>> delete(HttpRequest<?> request, String user) {
        UserKey key = key(user);
        return read(key)
                .thenCompose(before -> changes.make(
                        request,
                        new What("user.delete", "user " + key, Optional.of(before)),
                        audit -> new Departures(cluster, audit).delete(key, ETag.required(request, User::version)),
                        MoveBody::of))
                .thenApply(started -> HttpResponse.<Changed<MoveBody>>accepted().body(started));
    }
}
