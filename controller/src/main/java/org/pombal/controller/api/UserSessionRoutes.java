package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Input;
import org.pombal.controller.security.Roles;
import org.pombal.controller.site.UserSessions;
import org.pombal.controller.site.UserSessions.Session;
import org.pombal.model.backend.HostName;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupView;
import org.pombal.operations.Outcome;
import org.pombal.operations.UserOperations;

/** The sessions of users, as Dovecot's doveadm on their backends knows them. */
@Tag(name = "Users")
@Controller("/api/v1/users/{user}/sessions")
@Secured(Roles.VIEWER)
final class UserSessionRoutes {

    /**
     * The sessions of a user.
     *
     * @param backend who was asked; absent if nobody serves the user yet
     */
    @Schema(name = "UserSessions")
    record SessionsBody(Optional<String> backend, List<SessionBody> sessions) {}

    /**
     * Sessions of one service.
     *
     * @param connections how many
     * @param from addresses of the clients, as the backend sees them
     */
    @Schema(name = "UserSession")
    record SessionBody(String service, int connections, List<String> from) {

        static SessionBody of(Session session) {
            return new SessionBody(session.service(), session.connections(), session.from());
        }
    }

    /**
     * Sessions that were ended.
     *
     * @param ended how many, as far as doveadm tells
     */
    @Schema(name = "EndedSessions")
    record EndedBody(int ended) {}

    private final Cluster cluster;
    private final Changes changes;
    private final UserSessions sessions;

    UserSessionRoutes(Cluster cluster, Changes changes, UserSessions sessions) {
        this.cluster = cluster;
        this.changes = changes;
        this.sessions = sessions;
    }

    private CompletionStage<Optional<HostName>> backend(UserKey user) {
        return value(new UserOperations(cluster).status(user))
                .thenApply(view -> view.group().map(GroupView::backend).map(HostName::new));
    }

    /** Shows the sessions that a user has at the backend that serves the user, as doveadm who there. */
    @Get
    CompletionStage<SessionsBody> show(String user) {
        UserKey key = Input.parse("user", user, UserKey::new);
        return backend(key)
                .thenCompose(backend -> backend.isEmpty()
                        ? completedFuture(new SessionsBody(Optional.empty(), List.of()))
                        : value(sessions.at(backend.get(), key))
                                .thenApply(found -> new SessionsBody(
                                        backend.map(HostName::value),
                                        found.stream().map(SessionBody::of).toList())));
    }

    /** Ends the sessions that a user has at the backend that serves the user, as doveadm kick there. The user may log in again at once. */
    @Delete
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<EndedBody>> end(HttpRequest<?> request, String user) {
        UserKey key = Input.parse("user", user, UserKey::new);
        return backend(key)
                .thenCompose(backend -> changes.make(
                        request,
                        What.added("user.kick", "user " + key),
                        audit ->
                                backend.isEmpty() ? completedFuture(Outcome.done(0)) : sessions.end(backend.get(), key),
                        EndedBody::new));
    }
}
