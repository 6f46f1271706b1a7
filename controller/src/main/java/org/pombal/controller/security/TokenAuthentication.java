package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.oidc.OpenIdConnect;
import org.pombal.controller.oidc.RefusedException;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.access.ApiToken;
import org.pombal.model.failure.FailureText;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Lets in who brings a valid token, of ours or of the OpenID Connect issuer, turns away who brings anything else, and leaves alone who
 * brings nothing.
 */
@Singleton
final class TokenAuthentication implements AuthenticationFetcher<HttpRequest<?>> {

    private static final Logger log = LoggerFactory.getLogger(TokenAuthentication.class);
    private static final String TOKEN_ID = "token";
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Tokens tokens;
    private final OpenIdConnect openIdConnect;
    private final FailedLogins failures;

    TokenAuthentication(Tokens tokens, OpenIdConnect openIdConnect, FailedLogins failures) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.openIdConnect = requireNonNull(openIdConnect, "openIdConnect is null");
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
        return (presented.jwt().isPresent() && openIdConnect.takesAccessTokens()
                        ? ofTheIssuer(presented.jwt().get(), address)
                        : ofOurs(presented))
                .thenCompose(found -> found.<CompletionStage<Authentication>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> {
                            failures.count(address);
                            return failedFuture(new ProblemException(
                                    HttpStatus.UNAUTHORIZED, "the token is wrong, has expired or was revoked"));
                        }));
    }

    private CompletionStage<Optional<Authentication>> ofOurs(Presented presented) {
        CompletionStage<Optional<ApiToken>> found = presented
                .token()
                .map(token -> tokens.find(token).exceptionallyCompose(TokenAuthentication::withoutGeoDb))
                .orElseGet(() -> completedFuture(Optional.empty()));
        return found.thenApply(token -> token.filter(its -> presented
                        .name()
                        .filter(name -> !name.equals(its.name()))
                        .isEmpty())
                .map(TokenAuthentication::of));
    }

    /** Who is not let in yet learns nothing of the servers behind. */
    private static <T> CompletionStage<T> withoutGeoDb(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        if (!(cause instanceof GeoDbUnavailableException)) {
            return failedFuture(cause);
        }
        log.debug("a token could not be looked up", cause);
        return failedFuture(ProblemException.later(
                HttpStatus.SERVICE_UNAVAILABLE, "GeoDB does not answer, and it alone knows whose the token is", PAUSE));
    }

    private CompletionStage<Optional<Authentication>> ofTheIssuer(String jwt, String address) {
        return openIdConnect
                .bearer(jwt)
                .thenApply(person -> Optional.of(Authentication.build(
                        person.name(), person.role().map(Roles::including).orElseGet(List::of))))
                .exceptionallyCompose(failure -> {
                    if (failure instanceof RefusedException || failure.getCause() instanceof RefusedException) {
                        log.info("a token of the issuer from {} is refused: {}", address, failure.getMessage());
                        return completedFuture(Optional.empty());
                    }
                    return failedFuture(failure);
                });
    }

    private static Authentication of(ApiToken token) {
        List<String> roles = token.oneTime() ? List.of(Roles.FIRST) : Roles.including(token.role());
        return Authentication.build(token.name(), roles, Map.of(TOKEN_ID, token.id()));
    }

    /** The id of the token by which somebody came in; empty if it was another way. */
    static Optional<String> tokenOf(Authentication authentication) {
        return Optional.ofNullable(authentication.getAttributes().get(TOKEN_ID)).map(String::valueOf);
    }
}
