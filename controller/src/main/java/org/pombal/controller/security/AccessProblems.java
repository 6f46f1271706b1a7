package org.pombal.controller.security;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** What those get who bring no token, or one of too low a role. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AccessProblems implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

    private final ErrorResponseProcessor<?> problems;

    AccessProblems(ErrorResponseProcessor<?> problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes") // so the framework declares it
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException refusal) {
        HttpRequest<?> asked = request;
        if (refusal.isForbidden()) {
            return problems.processResponse(
                    ErrorContext.builder(asked)
                            .errorMessage(tooLow(refusal.getAuthentication()))
                            .build(),
                    HttpResponse.status(HttpStatus.FORBIDDEN));
        }
        return problems.processResponse(
                        ErrorContext.builder(asked)
                                .errorMessage("a token is needed: Authorization: Bearer TOKEN")
                                .build(),
                        HttpResponse.status(HttpStatus.UNAUTHORIZED))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"pombal\"");
    }

    private static String tooLow(Authentication caller) {
        return caller.getRoles().isEmpty()
                ? "'" + caller.getName() + "' has no role here: the issuer gives none that CONTROLLER_OIDC_ROLES names"
                : "the role of '" + caller.getName()
                        + "' does not go that far; an admin can make a token of another role,"
                        + " or the issuer give another";
    }
}
