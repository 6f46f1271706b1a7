package org.pombal.controller.browser;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.time.Duration;
import java.util.Optional;
import org.pombal.controller.oidc.LoginAttempt;

/**
 * The two cookies that a browser keeps. No script sees them, and no other site can have a browser send the one with the session. Under
 * TLS their names have the prefix with which browsers take them from this very host only (RFC 6265bis, section 4.1.3.2).
 *
 * @param secure whether browsers come by TLS
 */
record BrowserCookies(boolean secure) {

    private static final Duration ATTEMPT_LASTS = Duration.ofMinutes(10);

    Cookie session(String sealed, Duration lifetime) {
        return cookie("session", sealed, SameSite.Strict, lifetime);
    }

    Cookie noSession() {
        return cookie("session", "", SameSite.Strict, Duration.ZERO);
    }

    Optional<String> session(HttpRequest<?> request) {
        return value(request, "session");
    }

    /** Comes back with a browser that the issuer sends here, so that it cannot be kept from other sites altogether. */
    Cookie attempt(LoginAttempt attempt) {
        return cookie("login", attempt.text(), SameSite.Lax, ATTEMPT_LASTS);
    }

    Cookie noAttempt() {
        return cookie("login", "", SameSite.Lax, Duration.ZERO);
    }

    Optional<LoginAttempt> attempt(HttpRequest<?> request) {
        return value(request, "login").flatMap(LoginAttempt::parse);
    }

    private Cookie cookie(String what, String value, SameSite sameSite, Duration lasts) {
        return Cookie.of(name(what), requireNonNull(value, "value is null"))
                .httpOnly(true)
                .secure(secure)
                .sameSite(sameSite)
                .path("/")
                .maxAge(lasts.toSeconds());
    }

    private Optional<String> value(HttpRequest<?> request, String what) {
        return request.getCookies().findCookie(name(what)).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    private String name(String what) {
        return (secure ? "__Host-" : "") + "pombal_" + what;
    }
}
