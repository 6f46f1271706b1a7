package org.pombal.controller.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.pombal.controller.security.Roles;
import org.pombal.controller.site.Leadership;

/** Which of the site's controllers acts. */
@Tag(name = "Leader")
@Controller("/api/v1/leader")
@Secured(Roles.VIEWER)
final class LeaderRoutes {

    /**
     * The controller that acts for the site.
     *
     * @param name its machine and process; absent while nobody is known to
     * @param isThis whether it is the one that answers
     */
    @Schema(name = "Leader")
    record LeaderBody(Optional<String> name, boolean isThis) {}

    private final Leadership leadership;

    LeaderRoutes(Leadership leadership) {
        this.leadership = leadership;
    }

    /** Shows which of the site's controllers acts. */
    @Get
    LeaderBody show() {
        return new LeaderBody(leadership.leader(), leadership.isHeld());
    }
}
