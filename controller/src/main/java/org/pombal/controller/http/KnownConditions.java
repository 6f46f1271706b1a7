package org.pombal.controller.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;

/** Refuses {@code If-Match} where the route would not heed it: whoever sends it relies on it. */
@Order(Ordered.LOWEST_PRECEDENCE)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class KnownConditions {

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.GET || !request.getHeaders().contains(HttpHeaders.IF_MATCH)) {
            return;
        }
        RouteAttributes.getRouteMatch(request)
                .filter(match ->
                        match instanceof MethodBasedRouteMatch<?, ?> route && !route.hasAnnotation(Conditional.class))
                .ifPresent(route -> {
                    throw ProblemException.badRequest(
                            "If-Match: what is asked for here does not depend on a version; nothing was changed");
                });
    }
}
