package org.pombal.node.topology;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;

/**
 * Brings the node's knowledge up to GeoDB's, step by step. Each step is one call of {@link #step()} on one thread; it
 * blocks, bounded in time.
 *
 * <p>The first step that reaches GeoDB reads sites, backends and groups whole, and then what has changed since the node
 * last looked. Later steps read the changes only. An overlap makes up for writers whose clocks are behind. Whole reads are
 * repeated now and then, because the feed of changes is a hint. After an absence longer than the feed goes back, what was
 * kept of users is void.
 */
public final class TopologySync {

    /** How far a writer's clock may be behind ours, network delay included, before its changes are noticed late. */
    static final Duration OVERLAP = Duration.ofSeconds(10);

    /** How often everything is read whole although no change was announced. */
    static final Duration WHOLE_READ_INTERVAL = Duration.ofMinutes(10);

    /** How often what is kept learns how far it follows; after a restart so much more of the feed is read. */
    private static final Duration MARK_INTERVAL = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAGE_SIZE = 2_000;

    private final GeoDb geoDb;
    private final Topology topology;
    private final KeptKnowledge kept;
    private final InstantSource clock;
    private Set<String> seenPositions = Set.of();
    private @Nullable Instant lastWholeRead;
    private @Nullable SiteId localSite;
    private volatile Instant syncedUntil;
    private volatile boolean wholeReadIsWanted;
    private Instant markedUntil = Instant.EPOCH;

    /** What the node keeps beyond this class: caches and files that have to follow. */
    public interface KeptKnowledge {

        /** All changes of before this moment have been applied to what is kept; empty if that is not known. */
        Optional<Instant> syncedUntil();

        /** From now on all changes of before this moment have been applied. */
        void markSyncedUntil(Instant moment);

        void sites(List<Site> sites, List<Tag> tags);

        void backends(SiteId site, List<Backend> backends);

        void groups(List<UserGroup> groups);

        /** Whether changes of groups are followed that nobody has asked about yet. */
        default boolean followsUnknownGroups() {
            return false;
        }

        /** The user's row has changed. */
        void forgetUser(UserKey user);

        /** Any user's row may have changed. */
        void forgetAllUsers();
    }

    public TopologySync(GeoDb geoDb, Topology topology, KeptKnowledge kept, InstantSource clock) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.kept = requireNonNull(kept, "kept is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.syncedUntil = kept.syncedUntil().orElse(Instant.EPOCH);
    }

    /** The next step reads everything and forgets what is kept of users. */
    void wantWholeRead() {
        wholeReadIsWanted = true;
    }

    /** When the last step that caught up began; empty if none did. */
    Optional<Instant> syncedUntil() {
        return syncedUntil.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(syncedUntil);
    }

    /**
     * Catches up.
     *
     * @throws GeoDbAwayException if GeoDB did not answer; what was known stays, and the next step goes on
     */
    public void step() throws GeoDbAwayException, InterruptedException {
        Instant started = clock.instant();
        boolean absentTooLong =
                syncedUntil.isBefore(started.minus(Changes.RETENTION).plus(OVERLAP));
        boolean wanted = wholeReadIsWanted;
        boolean whole = absentTooLong || wanted || wholeReadIsDue(started);
        if (whole) {
            readSites();
            if (absentTooLong || wanted) {
                // Not before GeoDB has answered: until then what was kept is better than nothing.
                kept.forgetAllUsers();
            }
            readBackends();
            readGroups();
            lastWholeRead = started;
            wholeReadIsWanted = wholeReadIsWanted && !wanted;
        }
        if (!absentTooLong) {
            // Where the clock was set back, the feed is read from before that.
            Instant from = syncedUntil.isBefore(started) ? syncedUntil : started;
            applyChanges(from.minus(OVERLAP));
        }
        syncedUntil = started;
        markSyncedNowAndThen();
    }

    private void markSyncedNowAndThen() {
        if (Duration.between(markedUntil, syncedUntil).abs().compareTo(MARK_INTERVAL) >= 0) {
            kept.markSyncedUntil(syncedUntil);
            markedUntil = syncedUntil;
        }
    }

    private boolean wholeReadIsDue(Instant now) {
        return lastWholeRead == null || lastWholeRead.plus(WHOLE_READ_INTERVAL).isBefore(now);
    }

    private void applyChanges(Instant since) throws GeoDbAwayException, InterruptedException {
        List<Changes.Entry> entries = await(geoDb.changes().since(since));
        Set<String> positions = new HashSet<>();
        List<Change> fresh = new ArrayList<>();
        for (Changes.Entry entry : entries) {
            positions.add(entry.position());
            if (!seenPositions.contains(entry.position())) {
                fresh.add(entry.change());
            }
        }
        // A mass move announces a group many times; its row is read once.
        for (Change change : Set.copyOf(fresh)) {
            apply(change);
        }
        seenPositions = positions;
    }

    private void apply(Change change) throws GeoDbAwayException, InterruptedException {
        if (change instanceof Change.SitesChanged) {
            SiteId before = localSite;
            readSites();
            if (!Objects.equals(before, localSite)) {
                readBackends();
                readGroups();
            }
        } else if (change instanceof Change.BackendsChanged backends) {
            if (backends.site().equals(localSite)) {
                readBackends();
            }
        } else if (change instanceof Change.GroupChanged group) {
            boolean known = topology.group(group.group()) != null;
            if (known || (kept.followsUnknownGroups() && group.group().site().equals(localSite))) {
                readGroup(group.group());
            }
        } else if (change instanceof Change.UserChanged user) {
            kept.forgetUser(user.user());
        }
    }

    private void readSites() throws GeoDbAwayException, InterruptedException {
        List<Site> sites = await(geoDb.sites().list());
        List<Tag> tags = await(geoDb.sites().listTags());
        List<SiteFailover> failovers = await(geoDb.siteFailovers().list());
        topology.setFailovers(failovers);
        topology.setSites(sites, tags);
        kept.sites(sites, tags);
        localSite = topology.localSite().map(Site::id).orElse(null);
    }

    private void readBackends() throws GeoDbAwayException, InterruptedException {
        if (localSite != null) {
            List<Backend> backends = await(geoDb.backends().list(localSite));
            topology.setBackends(backends);
            kept.backends(localSite, backends);
        }
    }

    private void readGroups() throws GeoDbAwayException, InterruptedException {
        if (localSite == null) {
            return;
        }
        Set<GroupId> present = new HashSet<>();
        Optional<PageToken> from = Optional.empty();
        do {
            Page<UserGroup> page = await(geoDb.groups().list(localSite, from, PAGE_SIZE));
            learn(page.rows());
            page.rows().forEach(group -> present.add(group.id()));
            from = page.next();
        } while (from.isPresent());
        // Retired ones; one that was made meanwhile is read again when it is needed.
        topology.groups()
                .map(UserGroup::id)
                .filter(id -> !present.contains(id))
                .toList()
                .forEach(topology::forget);
    }

    private void readGroup(GroupId id) throws GeoDbAwayException, InterruptedException {
        Optional<UserGroup> row = await(geoDb.groups().find(id, ReadLevel.QUORUM));
        if (row.isPresent()) {
            learn(List.of(row.get()));
        } else {
            topology.forget(id);
        }
    }

    private void learn(List<UserGroup> rows) {
        List<UserGroup> news = rows.stream()
                .filter(row -> !row.equals(topology.group(row.id())))
                .map(topology::learn)
                .toList();
        if (!news.isEmpty()) {
            kept.groups(news);
        }
    }

    private static <T> T await(CompletionStage<T> answer) throws GeoDbAwayException, InterruptedException {
        try {
            return answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new GeoDbAwayException(requireNonNull(e.getCause(), "a failure has a cause"));
        } catch (TimeoutException e) {
            throw new GeoDbAwayException(e);
        }
    }
}
