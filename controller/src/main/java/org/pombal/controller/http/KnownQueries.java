package org.pombal.controller.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses queries with names that the route does not know: what {@code ?dryrun=true} was to prevent must not happen. */
@Order(Ordered.LOWEST_PRECEDENCE)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class KnownQueries {

    @RequestFilter
    void check(HttpRequest<?> request) {
        Optional<MethodBasedRouteMatch<?, ?>> route =
                RouteAttributes.getRouteMatch(request).flatMap(KnownQueries::route);
        if (route.isEmpty() || route.get().hasAnnotation(AnyQuery.class)) {
            return;
        }
        Set<String> known = Arrays.stream(route.get().getArguments())
                .filter(argument -> argument.getAnnotationMetadata().hasAnnotation(QueryValue.class))
                .map(argument -> argument.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        request.getParameters().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw ProblemException.badRequest("there is no '" + Input.shortened(name) + "' in the query; there "
                        + (known.isEmpty() ? "is nothing" : "are: " + String.join(", ", known)));
            }
            if (values.size() > 1) {
                throw ProblemException.badRequest(name + ": is in the query more than once");
            }
        });
    }

    private static Optional<MethodBasedRouteMatch<?, ?>> route(RouteMatch<?> match) {
        return match instanceof MethodBasedRouteMatch<?, ?> route ? Optional.of(route) : Optional.empty();
    }
}
