package org.pombal.controller.api;

import static java.util.Comparator.comparingLong;
import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.automation.GroupUsersCounted;
import org.pombal.controller.automation.UsersCounted;
import org.pombal.controller.security.Roles;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.model.backend.BackendId;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.BackendView;
import org.pombal.operations.Cluster;
import org.pombal.operations.SiteOperations;

/** How many users groups and backends have, as they were counted last. */
@Tag(name = "Load")
@Controller("/api/v1/sites/{site}")
@Secured(Roles.VIEWER)
final class UserCountRoutes {

    /**
     * Users, as they were counted.
     *
     * @param at when; absent if they never were, or not for a month
     * @param backends by host name, of the groups that each had then
     * @param groups by name
     */
    @Schema(name = "UserCounts")
    record CountsBody(Optional<Instant> at, Map<String, Long> backends, Map<String, Long> groups) {

        static CountsBody of(Map<String, Note> notes, List<BackendView> backends) {
            Map<String, Long> users = new TreeMap<>();
            Map<String, Long> groups = new TreeMap<>();
            Optional<UsersCounted> counted = Optional.ofNullable(notes.get(UsersCounted.NOTE))
                    .map(Note::text)
                    .flatMap(UsersCounted::read);
            counted.ifPresent(last -> {
                Map<BackendId, Long> byBackend = last.byBackend();
                for (BackendView view : backends) {
                    users.put(
                            view.backend().host().value(),
                            byBackend.getOrDefault(view.backend().id(), 0L));
                }
                // Notes of backends that have no groups any more are older, those of a count that is under way younger.
                notes.entrySet().stream()
                        .filter(note -> !note.getKey().equals(UsersCounted.NOTE))
                        .flatMap(note -> GroupUsersCounted.read(note.getValue().text()).stream())
                        .filter(note -> note.at() >= last.at())
                        .sorted(comparingLong(GroupUsersCounted::at))
                        .forEach(note -> groups.putAll(note.users()));
            });
            return new CountsBody(counted.map(last -> Instant.ofEpochMilli(last.at())), users, groups);
        }
    }

    private final Cluster cluster;

    UserCountRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Shows how many users the groups and backends of a site had when they were counted last: once a day while its feature load-balancing is
     * not off, and when the task count-users is asked for.
     */
    @Get("/user-counts")
    CompletionStage<CountsBody> counts(String site) {
        return value(new SiteOperations(cluster, Answers.READING).status(site)).thenCompose(view -> value(
                        new BackendOperations(cluster, Answers.READING).list(Optional.of(site)))
                .thenCombine(
                        cluster.geoDb().automationNotes().list(view.site().id(), UsersCounted.NOTE),
                        (backends, notes) -> CountsBody.of(notes, backends)));
    }
}
