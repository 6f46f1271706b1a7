package org.pombal.controller.live;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes;
import org.pombal.model.site.SiteId;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What changes, while it does. */
@Tag(name = "Live updates")
@Controller("/api/v1/events")
@Secured(Roles.VIEWER)
final class EventRoutes {

    /** So that whatever is in between does not take a quiet connection for a dead one. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    /**
     * Something has changed; read it again.
     *
     * @param kind sites, backends, group, user; or nothing, which only says that the connection lives
     * @param siteId of the backends or the group
     * @param name of the group or user
     */
    @Schema(name = "ChangeEvent")
    record ChangeBody(
            @Schema(
                    type = "string",
                    allowableValues = {"sites", "backends", "group", "user", "nothing"})
            String kind,

            Optional<String> siteId,
            Optional<String> name) {

        static final ChangeBody NOTHING = new ChangeBody("nothing", Optional.empty(), Optional.empty());

        static ChangeBody of(Change change) {
            if (change instanceof Change.BackendsChanged backends) {
                return new ChangeBody("backends", id(backends.site()), Optional.empty());
            }
            if (change instanceof Change.GroupChanged changed) {
                return new ChangeBody(
                        "group",
                        id(changed.group().site()),
                        Optional.of(changed.group().name()));
            }
            if (change instanceof Change.UserChanged changed) {
                return new ChangeBody(
                        "user", Optional.empty(), Optional.of(changed.user().value()));
            }
            return new ChangeBody("sites", Optional.empty(), Optional.empty());
        }

        private static Optional<String> id(SiteId site) {
            return Optional.of(site.toString());
        }
    }

    private final ChangeFeed feed;

    EventRoutes(ChangeFeed feed) {
        this.feed = feed;
    }

    /** Tells what changes in the cluster from now on, within about a second, as server-sent events. */
    @Get
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<ChangeBody>> events() {
        Flux<Event<ChangeBody>> changes = Flux.from(feed.entries()).map(EventRoutes::event);
        Flux<Event<ChangeBody>> signs = Flux.interval(Duration.ZERO, SIGN_OF_LIFE)
                .onBackpressureDrop()
                .map(count -> Event.of(ChangeBody.NOTHING).name("nothing"));
        return Flux.merge(changes, signs);
    }

    private static Event<ChangeBody> event(Changes.Entry entry) {
        ChangeBody body = ChangeBody.of(entry.change());
        return Event.of(body).name(body.kind()).id(entry.position());
    }
}
