package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.http.ProblemException;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Lets in who brings a valid token, turns away who brings anything else, and leaves alone who brings nothing. */
@Singleton
final class TokenAuthentication implements AuthenticationFetcher<HttpRequest<?>> {

    private static final String TOKEN_ID = "token";

    private final Tokens tokens;
    private final FailedLogins failures;

    TokenAuthentication(Tokens tokens, FailedLogins failures) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        return Presented.by(request)
                .map(presented -> Mono.fromCompletionStage(() -> authentication(presented, Caller.address(request))))
                .orElseGet(Mono::empty);
    }

    private CompletionStage<Authentication> authentication(Presented presented, String address) {
        Optional<ProblemException> objection = failures.objection(address);
        if (objection.isPresent()) {
            return failedFuture(objection.get());
        }
        CompletionStage<Optional<ApiToken>> found =
                presented.token().map(tokens::find).orElseGet(() -> completedFuture(Optional.empty()));
        return found.thenCompose(token -> token.filter(its -> presented
                        .name()
                        .filter(name -> !name.equals(its.name()))
                        .isEmpty())
                .<CompletionStage<Authentication>>map(its -> completedFuture(of(its)))
                .orElseGet(() -> {
                    failures.count(address);
                    return failedFuture(new ProblemException(
                            HttpStatus.UNAUTHORIZED, "the token is wrong, has expired or was revoked"));
                }));
    }

    private static Authentication of(ApiToken token) {
        List<String> roles = token.oneTime()
                ? List.of(Roles.FIRST)
                : token.role().including().stream().map(Role::toString).toList();
        return Authentication.build(token.name(), roles, Map.of(TOKEN_ID, token.id()));
    }

    /** The id of the token by which somebody came in; empty if it was another way. */
    static Optional<String> tokenOf(Authentication authentication) {
        return Optional.ofNullable(authentication.getAttributes().get(TOKEN_ID)).map(String::valueOf);
    }
}
