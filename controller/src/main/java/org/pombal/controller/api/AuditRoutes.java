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
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

/** Who changed what, and why. */
@Tag(name = "Audit log")
@Controller("/api/v1/audit")
@Secured(Roles.ADMIN)
final class AuditRoutes {

    /**
     * A change that was asked for.
     *
     * @param who the name of the token by which it was asked for
     * @param from the address of who asked
     * @param before how it was, in JSON
     * @param after how it became, in JSON
     * @param why the reason that was given, or the one for which it was refused
     * @param result done, refused (nothing was changed), failed (perhaps changed in part), or started: not known
     */
    @Schema(name = "AuditEntry")
    record EntryBody(
            String id,
            Instant at,
            String who,
            String from,
            String action,
            String target,
            Optional<String> before,
            Optional<String> after,
            Optional<String> why,

            @Schema(
                    type = "string",
                    allowableValues = {"started", "done", "refused", "failed"})
            String result) {

        static EntryBody of(AuditEntry entry) {
            return new EntryBody(
                    entry.id().toString(),
                    entry.at(),
                    entry.who(),
                    entry.from(),
                    entry.action(),
                    entry.target(),
                    entry.before(),
                    entry.after(),
                    entry.why(),
                    entry.result().toString());
        }
    }

    private final GeoDb geoDb;

    AuditRoutes(GeoDb geoDb) {
        this.geoDb = geoDb;
    }

    /**
     * Lists the changes, the newest first. A part of the list may be empty with more to come if only those of one target are wanted.
     *
     * @param target only changes of this, as entries name it, such as: backend b1.example.org
     */
    @Get
    CompletionStage<Items<EntryBody>> list(
            @QueryValue Optional<String> target,
            @QueryValue Optional<String> cursor,
            @QueryValue @Limit Optional<String> limit) {
        PageRequest page = PageRequest.of(cursor, limit);
        Optional<String> wanted = Input.parse("target", target, AuditRoutes::target);
        return page.read(part -> entries(wanted, part))
                .thenApply(entries -> new Items<>(
                        entries.rows().stream().map(EntryBody::of).toList(),
                        entries.next().map(PageToken::value)));
    }

    private CompletionStage<Page<AuditEntry>> entries(Optional<String> target, PageRequest part) {
        return target.isEmpty()
                ? geoDb.auditLog().list(part.cursor(), part.limit())
                : new AuditSearch(geoDb.auditLog(), entry -> entry.target().equals(target.get()))
                        .find(part.cursor(), part.limit());
    }

    private static String target(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty; leave it out for the changes of everything");
        }
        return text;
    }
}
