package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Flag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.operations.Audit;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.operations.Evacuation;
import org.pombal.operations.Progress;

/** Backends. */
@Tag(name = "Backends")
@Controller("/api/v1/backends")
@Secured(Roles.VIEWER)
final class BackendRoutes {

    /**
     * A backend to be added.
     *
     * @param site the name of its site
     * @param host a name that resolves; an IP address is refused
     * @param id the former id of a backend that comes back; given only in special cases
     */
    @Schema(name = "NewBackend")
    record NewBackend(String site, String host, Optional<String> id) {}

    /**
     * What is to change; what is absent stays. No session ends by it.
     *
     * @param loadFactor 0 to 100
     */
    @Schema(name = "BackendChange")
    record Change(Optional<String> status, Optional<Integer> loadFactor) {}

    private final Cluster cluster;
    private final Changes changes;

    BackendRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    private BackendOperations backends(Audit audit) {
        return new BackendOperations(cluster, audit);
    }

    private static HostName host(String text) {
        return Input.parse("host", text, HostName::new);
    }

    private CompletionStage<BackendBody> read(HostName host) {
        return value(backends(Answers.READING).status(host)).thenApply(BackendBody::of);
    }

    /**
     * Lists the backends of a site, or of all sites.
     *
     * @param load whether what each serves is wanted too: that goes through all groups
     */
    @Get
    CompletionStage<Items<BackendBody>> list(
            @QueryValue Optional<String> site, @QueryValue @Flag Optional<String> load) {
        if (Input.flag("load", load).orElse(false)) {
            return value(backends(Answers.READING).loads(site))
                    .thenApply(loads ->
                            Items.all(loads.stream().map(BackendBody::of).toList()));
        }
        return value(backends(Answers.READING).list(site))
                .thenApply(
                        views -> Items.all(views.stream().map(BackendBody::of).toList()));
    }

    /** Shows a backend and what it serves. */
    @Get("/{host}")
    CompletionStage<HttpResponse<BackendBody>> show(String host) {
        return read(host(host)).thenApply(body -> Answers.of(body, body.version()));
    }

    /** Adds a backend, in standby. */
    @Post
    @Status(HttpStatus.CREATED)
    @Secured(Roles.OPERATOR)
    CompletionStage<HttpResponse<Changed<BackendBody>>> add(HttpRequest<?> request, @Body NewBackend added) {
        HostName host = host(added.host());
        Optional<BackendId> id = Input.parse("id", added.id(), BackendId::parse);
        return changes.make(
                        request,
                        What.added("backend.add", "backend " + host),
                        audit -> backends(audit).add(added.site(), host, id),
                        BackendBody::of)
                .thenApply(changed -> Answers.created(changed, changed.result().version(), "backends", host.value()));
    }

    /** Changes status, load factor, or both. */
    @Patch("/{host}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<HttpResponse<Changed<BackendBody>>> update(
            HttpRequest<?> request, String host, @Body Change change) {
        Input.requireAny(change.status(), change.loadFactor());
        HostName name = host(host);
        Optional<BackendStatus> status = Input.parse("status", change.status(), BackendStatus::parse);
        Optional<LoadFactor> factor = Input.parse(
                "loadFactor", change.loadFactor().map(String::valueOf), text -> new LoadFactor(Integer.parseInt(text)));
        return read(name)
                .thenCompose(before -> changes.make(
                        request,
                        new What("backend.update", "backend " + name, Optional.of(before)),
                        audit -> backends(audit).update(name, status, factor, ETag.required(request, Backend::version)),
                        BackendBody::of))
                .thenApply(changed -> Answers.of(changed, changed.result().version()));
    }

    /** Removes a backend that has no groups any more; with force also one that has. */
    @Delete("/{host}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<Changed<BackendBody>> remove(
            HttpRequest<?> request, String host, @QueryValue @Flag Optional<String> force) {
        HostName name = host(host);
        boolean forced = Input.flag("force", force).orElse(false);
        return read(name)
                .thenCompose(before -> changes.make(
                        request,
                        new What("backend.remove", "backend " + name, Optional.of(before)),
                        audit -> backends(audit).remove(name, forced, ETag.required(request, Backend::version)),
                        BackendBody::of));
    }

    /**
     * Starts to move all groups to other backends at full speed, and puts the backend in standby with load factor 0. It can put a heavy
     * load on the site; where there is time, load factor 0 drains gently.
     *
     * @param dryRun only says which moves there would be
     */
    @Post("/{host}/evacuation")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<List<MoveBody>>> evacuate(
            HttpRequest<?> request, String host, @QueryValue @Flag Optional<String> dryRun) {
        HostName name = host(host);
        boolean rehearsal = Input.flag("dryRun", dryRun).orElse(false);
        return read(name)
                .thenCompose(before -> changes.make(
                        request,
                        new What(
                                rehearsal ? "backend.evacuate (dry run)" : "backend.evacuate",
                                "backend " + name,
                                Optional.of(before)),
                        audit -> new Evacuation(cluster, audit).start(name, rehearsal, Progress.NONE),
                        moves -> moves.stream().map(MoveBody::of).toList()));
    }
}
