package org.pombal.controller.browser;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import org.pombal.controller.security.Roles;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets in the browsers of those who logged in. A session that is over is as good as none: the browser learns that it has to log in
 * again. Whoever brings a token as well is judged by that.
 */
@Singleton
final class SessionAuthentication implements AuthenticationFetcher<HttpRequest<?>> {

    private final BrowserSessions sessions;

    SessionAuthentication(BrowserSessions sessions) {
        this.sessions = requireNonNull(sessions, "sessions is null");
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        return Mono.defer(() -> request.getHeaders().getAuthorization().isPresent()
                ? Mono.empty()
                : Mono.justOrEmpty(sessions.of(request)).map(session -> authentication(request, session)));
    }

    private Authentication authentication(HttpRequest<?> request, Session session) {
        sessions.requireOwnPage(request);
        return Authentication.build(session.name(), Roles.including(session.role()));
    }
}
