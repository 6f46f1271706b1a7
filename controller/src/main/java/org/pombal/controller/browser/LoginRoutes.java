package org.pombal.controller.browser;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.http.AnyQuery;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.oidc.LoginAttempt;
import org.pombal.controller.oidc.OpenIdConnect;
import org.pombal.controller.oidc.RefusedException;
import org.pombal.controller.security.Caller;
import org.pombal.controller.security.FailedLogins;
import org.pombal.model.failure.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where browsers come and go: to log in at the issuer, back from there, and to log out. */
@Tag(name = "Caller")
@Controller("/api/v1")
final class LoginRoutes {

    private static final Logger log = LoggerFactory.getLogger(LoginRoutes.class);

    /**
     * A session has ended.
     *
     * @param issuer where a browser can go to end the one at the issuer too
     */
    @Schema(name = "LoggedOut")
    record LoggedOut(Optional<String> issuer) {}

    private final OpenIdConnect openIdConnect;
    private final BrowserSessions sessions;
    private final FailedLogins failures;

    LoginRoutes(OpenIdConnect openIdConnect, BrowserSessions sessions, FailedLogins failures) {
        this.openIdConnect = requireNonNull(openIdConnect, "openIdConnect is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    /** Sends the browser to the issuer; afterwards it goes to the page {@code then}. */
    @Get("/login")
    @Hidden
    @Secured(SecurityRule.IS_ANONYMOUS)
    CompletionStage<HttpResponse<?>> begin(@QueryValue Optional<String> then) {
        LoginAttempt attempt = Input.parse("then", then.orElse("/"), LoginAttempt::begun);
        return openIdConnect.begin(attempt).thenApply(issuer -> HttpResponse.seeOther(issuer)
                .cookie(sessions.cookies().attempt(attempt)));
    }

    /** The browser is back from the issuer; a page takes it to where it wanted to go. */
    @Get("/login/callback")
    @Hidden
    @AnyQuery
    @Secured(SecurityRule.IS_ANONYMOUS)
    CompletionStage<HttpResponse<?>> end(
            HttpRequest<?> request,
            @QueryValue Optional<String> state,
            @QueryValue Optional<String> code,
            @QueryValue Optional<String> error) {
        String address = Caller.address(request);
        Optional<ProblemException> tooMany = failures.objection(address);
        if (tooMany.isPresent()) {
            return failedFuture(tooMany.get());
        }
        LoginAttempt attempt = sessions.cookies()
                .attempt(request)
                .filter(begun -> state.filter(begun.state().getValue()::equals).isPresent())
                .orElseThrow(
                        () -> ProblemException.badRequest(
                                "this is not the end of a login that this browser began within ten minutes; go to /api/v1/login"));
        String presented = code.filter(text -> !text.isBlank() && error.isEmpty())
                .orElseThrow(() -> refused(address, "the issuer answered " + error.orElse("without a code")));
        failures.begun(address);
        return openIdConnect
                .end(attempt, presented)
                .whenComplete((person, failure) -> failures.known(address))
                .<HttpResponse<?>>thenApply(person -> {
                    HttpResponse<?> there = sessions.begin(person, goOnTo(attempt.page()));
                    log.atInfo().addKeyValue("event", "api_login").log("{} logged in from {}", person.name(), address);
                    return there;
                })
                .exceptionallyCompose(failure -> failedFuture(explained(failure, address)));
    }

    /**
     * A page that leads on at once. A redirect would not do: the browser comes from the issuer's site, and to where that leads it does not
     * bring a cookie that is {@code SameSite=Strict}; from a page of ours it does.
     *
     * @param page has neither quotation marks nor angle brackets, as a URI
     */
    private static MutableHttpResponse<String> goOnTo(URI page) {
        String there = page.toString().replace("&", "&amp;").replace("'", "&#39;");
        return HttpResponse.ok("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pombal</title>"
                        + "<meta http-equiv=\"refresh\" content=\"0;url=" + there + "\"></head>"
                        + "<body><a href=\"" + there + "\">You are logged in: go on</a></body></html>")
                .contentType(MediaType.TEXT_HTML_TYPE);
    }

    /** Ends the session of a browser. A token stays valid. */
    @Post("/logout")
    @Consumes(MediaType.ALL)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    CompletionStage<HttpResponse<LoggedOut>> logOut(HttpRequest<?> request) {
        return openIdConnect
                .endSession()
                .exceptionally(failure -> Optional.empty())
                .thenApply(place -> sessions.end(request, HttpResponse.ok(new LoggedOut(place.map(URI::toString)))));
    }

    private Throwable explained(Throwable failure, String address) {
        Throwable cause = FailureText.unwrap(failure);
        return cause instanceof RefusedException ? refused(address, String.valueOf(cause.getMessage())) : cause;
    }

    private ProblemException refused(String address, String reason) {
        log.info("a login by the issuer from {} is refused: {}", address, reason);
        failures.count(address);
        return new ProblemException(HttpStatus.UNAUTHORIZED, "the issuer does not vouch for you; the log says more");
    }
}
