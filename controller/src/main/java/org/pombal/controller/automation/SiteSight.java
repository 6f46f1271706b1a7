package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.controller.task.work.TaskPreventedException;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.Backend;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.operations.GroupHolds;
import org.pombal.operations.GroupHolds.Hold;

/** What GeoDB says of a controller's site, read by tasks, which may wait. */
public final class SiteSight {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAGE = 1000;

    private final GeoDb geoDb;
    private final String siteName;
    private final InstantSource clock;

    public SiteSight(GeoDb geoDb, String siteName, InstantSource clock) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.siteName = requireNonNull(siteName, "siteName is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Instant now() {
        return clock.instant();
    }

    GeoDb geoDb() {
        return geoDb;
    }

    /**
     * The answer of GeoDB.
     *
     * @throws TaskPreventedException if there is none in time
     */
    static <T> T answer(CompletionStage<T> asked) throws InterruptedException, ExecutionException {
        try {
            return asked.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TaskPreventedException("GeoDB has not answered for " + PATIENCE.toSeconds() + " s");
        }
    }

    Site site() throws InterruptedException, ExecutionException {
        return sites().stream()
                .filter(site -> site.name().equals(siteName))
                .findFirst()
                .orElseThrow(() -> new SiteMissingException(siteName));
    }

    List<Site> sites() throws InterruptedException, ExecutionException {
        return answer(geoDb.sites().list());
    }

    FeatureState state(Site site, Feature feature) throws InterruptedException, ExecutionException {
        return answer(geoDb.features().list(site.id())).stream()
                .filter(one -> one.feature() == feature)
                .map(SiteFeature::state)
                .findFirst()
                .orElse(FeatureState.OFF);
    }

    List<Backend> backends(Site site) throws InterruptedException, ExecutionException {
        return answer(geoDb.backends().list(site.id()));
    }

    List<UserGroup> groups(Site site) throws InterruptedException, ExecutionException {
        List<UserGroup> groups = new ArrayList<>();
        Optional<PageToken> next = Optional.empty();
        do {
            Page<UserGroup> page = answer(geoDb.groups().list(site.id(), next, PAGE));
            groups.addAll(page.rows());
            next = page.next();
        } while (next.isPresent());
        return groups;
    }

    List<BackendLoad> loads(Site site) throws InterruptedException, ExecutionException {
        return answer(geoDb.backendLoads().list(site.id()));
    }

    List<DestinationStatistics> statistics(Site site) throws InterruptedException, ExecutionException {
        return answer(geoDb.proxyStatistics().list(site.id()));
    }

    /** Groups that are to stay where they are, since backend after backend broke with them. */
    List<Hold> held(Site site) throws InterruptedException, ExecutionException {
        return answer(new GroupHolds(geoDb.automationNotes()).all(site.id())).stream()
                .filter(hold -> !hold.isReleased())
                .toList();
    }

    /**
     * The groups, those that are held like those that an operator wants to stay.
     *
     * @param held see {@link #held}
     */
    List<UserGroup> groups(Site site, List<Hold> held) throws InterruptedException, ExecutionException {
        Set<GroupId> stay = held.stream().map(Hold::group).collect(toSet());
        return groups(site).stream()
                .map(group -> stay.contains(group.id()) ? staying(group) : group)
                .toList();
    }

    private static UserGroup staying(UserGroup group) {
        return new UserGroup(
                group.id(),
                group.owner(),
                group.failover(),
                group.move(),
                group.leaving(),
                group.epoch(),
                true,
                group.stickyUsers());
    }

    Optional<String> note(Site site, String name) throws InterruptedException, ExecutionException {
        return answer(geoDb.automationNotes().find(site.id(), name)).map(Note::text);
    }

    void write(Site site, String name, String text) throws InterruptedException, ExecutionException {
        answer(geoDb.automationNotes().write(site.id(), name, new Note(text, now())));
    }

    /** The same by a task, while it is in hand. */
    void write(TaskContext task, Site site, String name, String text) throws InterruptedException, ExecutionException {
        task.requireHeld();
        write(site, name, text);
    }

    void forget(Site site, String name) throws InterruptedException, ExecutionException {
        answer(geoDb.automationNotes().remove(site.id(), name));
    }

    /** The same by a task, while it is in hand. */
    void forget(TaskContext task, Site site, String name) throws InterruptedException, ExecutionException {
        task.requireHeld();
        forget(site, name);
    }
}
