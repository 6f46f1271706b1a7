package org.pombal.controller.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

/** What the automation of this cluster has done: its own entries in the audit log, for all who may look at the cluster. */
@Tag(name = "Plans")
@Controller("/api/v1/automation-steps")
@Secured(Roles.VIEWER)
final class AutomationRoutes {

    /**
     * A step that the automation did, or tried.
     *
     * @param part of the automation, such as load-balancing
     * @param from as it was before, in JSON
     * @param to as it became, in JSON
     * @param why it was decided, and why it was refused
     * @param result done, refused (nothing was changed), failed (perhaps changed in part), or started: not known
     */
    @Schema(name = "AutomationStep")
    record AutomationStepBody(
            Instant at,
            String part,
            String action,
            String target,
            Optional<String> from,
            Optional<String> to,
            Optional<String> why,

            @Schema(
                    type = "string",
                    allowableValues = {"started", "done", "refused", "failed"})
            String result) {

        static AutomationStepBody of(AuditEntry entry) {
            return new AutomationStepBody(
                    entry.at(),
                    entry.from(),
                    entry.action(),
                    entry.target(),
                    entry.before(),
                    entry.after(),
                    entry.why(),
                    entry.result().toString());
        }
    }

    private final AuditSearch steps;

    AutomationRoutes(GeoDb geoDb) {
        this.steps = new AuditSearch(geoDb.auditLog(), Automation::did);
    }

    /** Lists what the automation did, the latest first. A part of the list may be empty with more to come. */
    @Get
    CompletionStage<Items<AutomationStepBody>> list(
            @QueryValue Optional<String> cursor, @QueryValue @Limit Optional<String> limit) {
        PageRequest page = PageRequest.of(cursor, limit);
        return page.read(part -> steps.find(part.cursor(), part.limit()))
                .thenApply(found -> new Items<>(
                        found.rows().stream().map(AutomationStepBody::of).toList(),
                        found.next().map(PageToken::value)));
    }
}
