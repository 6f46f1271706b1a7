package org.pombal.controller.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Headers of every answer that keep browsers from doing with it what it is not for; refusals have them too. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SecurityHeaders {

    /** Swagger UI writes styles into its page. */
    private static final String DOCUMENTATION = "/api/v1/docs";

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.header("X-Content-Type-Options", "nosniff");
        response.header("X-Frame-Options", "DENY");
        response.header("Referrer-Policy", "no-referrer");
        response.header(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; style-src "
                        + (request.getPath().startsWith(DOCUMENTATION) ? "'self' 'unsafe-inline'" : "'self'")
                        + "; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        if (request.getPath().startsWith("/api/")) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (request.isSecure()) {
            response.header("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
