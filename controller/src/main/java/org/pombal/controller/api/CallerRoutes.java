package org.pombal.controller.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.pombal.controller.security.Caller;

/** Who the caller is, as far as the controller knows. */
@Tag(name = "Caller")
@Controller("/api/v1/me")
@Secured(SecurityRule.IS_AUTHENTICATED)
final class CallerRoutes {

    /**
     * Who asks.
     *
     * @param roles all that he has: viewer, operator, admin
     */
    @Schema(name = "Caller")
    record CallerBody(String name, List<String> roles) {}

    /** Shows who the caller is. */
    @Get
    CallerBody show(HttpRequest<?> request) {
        Caller caller = Caller.of(request);
        return new CallerBody(caller.name(), caller.roles());
    }
}
