package org.pombal.geodb.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pombal.geodb.AutomationNotes;
import org.pombal.geodb.Changes;
import org.pombal.geodb.GeoDb;
import org.pombal.model.access.ApiToken;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.node.DataCentres;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.Electorate;

/**
 * The store that all writers of a simulated cluster share. Rows of compare-and-set are linearizable; plain rows, which are
 * the names for listings and the feed of changes, go by the timestamps of their writers' clocks.
 *
 * <p>A creation that takes several compare-and-sets in Cassandra is one here: what a crash leaves half-done there is seen
 * by nobody, and so is the same as not done.
 */
public final class InMemoryCluster {

    private static final Comparator<GroupId> BY_GROUP =
            Comparator.comparing(GroupId::site).thenComparing(GroupId::name);

    /** A name in a listing: of a group of a site. */
    record Named(SiteId site, String group) {
        static final Comparator<Named> ORDER = Comparator.comparing(Named::site).thenComparing(Named::group);
    }

    /** A name in a listing: of a user in a group. */
    record Member(GroupId group, String user) {
        static final Comparator<Member> ORDER =
                Comparator.comparing(Member::group, BY_GROUP).thenComparing(Member::user);
    }

    /** A user's part in a move of the group. */
    record Mover(MoveId move, String user) {
        static final Comparator<Mover> ORDER =
                Comparator.comparing((Mover mover) -> mover.move().value()).thenComparing(Mover::user);
    }

    final CasTable<SiteId, Kept<Site>> sites = new CasTable<>(Comparator.comparing(SiteId::value));
    final CasTable<TagId, Kept<Tag>> tags = new CasTable<>(Comparator.comparing(TagId::value));
    final CasTable<BackendId, Kept<Backend>> backends = new CasTable<>(Comparator.comparing(BackendId::value));
    final CasTable<GroupId, Kept<UserGroup>> groups = new CasTable<>(BY_GROUP);
    final Map<GroupId, Instant> groupChanges = new HashMap<>();
    final CasTable<UserKey, Kept<User>> users = new CasTable<>(UserKey::compareTo);
    final PlainTable<Named, Boolean> groupNames = new PlainTable<>(Named.ORDER);
    final PlainTable<Member, Boolean> members = new PlainTable<>(Member.ORDER);
    final CasTable<LeaseId, Lease> leases = new CasTable<>(Comparator.comparing(LeaseId::key));
    final Map<LeaseId, Instant> leaseWrites = new HashMap<>();
    final CasTable<SiteId, Kept<Electorate>> electorates = new CasTable<>(Comparator.comparing(SiteId::value));
    final PlainTable<Mover, Boolean> remaining = new PlainTable<>(Mover.ORDER);
    final PlainTable<Mover, Boolean> done = new PlainTable<>(Mover.ORDER);
    final PlainTable<NodeId, NodeReport> nodes = new PlainTable<>(MemoryNodes.ORDER);
    final PlainTable<MemoryProxyStatistics.Key, DestinationStatistics> proxyStatistics =
            new PlainTable<>(MemoryProxyStatistics.Key.ORDER);
    final PlainTable<MemoryAutomationNotes.Key, AutomationNotes.Note> automationNotes =
            new PlainTable<>(MemoryAutomationNotes.Key.ORDER);
    final PlainTable<BackendId, BackendLoad> backendLoads = new PlainTable<>(Comparator.comparing(BackendId::value));
    final PlainTable<MemoryReachability.Key, MemoryReachability.Written> reachability =
            new PlainTable<>(MemoryReachability.Key.ORDER);
    final CasTable<SiteId, Kept<SiteFailover>> siteFailovers = new CasTable<>(Comparator.comparing(SiteId::value));
    final CasTable<MemoryFeatures.Key, Kept<SiteFeature>> features = new CasTable<>(MemoryFeatures.Key.ORDER);
    final CasTable<String, Kept<ApiToken>> apiTokens = new CasTable<>(Comparator.<String>naturalOrder());
    final PlainTable<MemoryAuditLog.Key, AuditEntry> auditLog = new PlainTable<>(MemoryAuditLog.Key.ORDER);
    final PlainTable<MemoryChanges.Position, Changes.Entry> changes = new PlainTable<>(MemoryChanges.Position.ORDER);

    private static final DataCentres ONE = new DataCentres("memory", Set.of("memory"));

    private final RandomGenerator random;
    private final InstantSource clock;
    private final FaultPlan faults;
    private final Delay delay;

    /**
     * @param random decides what a fault leaves open, and makes ids; used by one thread at a time if runs are to repeat
     * @param clock true time, from which writers' clocks may differ
     * @param delay how something happens later: by the same clock
     */
    public InMemoryCluster(RandomGenerator random, InstantSource clock, FaultPlan faults, Delay delay) {
        this.random = requireNonNull(random, "random is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.delay = requireNonNull(delay, "delay is null");
    }

    Instant time() {
        return clock.instant();
    }

    /**
     * A writer's way to the store.
     *
     * @param writer its name, by which a fault plan can tell it from others
     * @param skew how far its clock is ahead of true time; negative if it is behind
     */
    public GeoDb open(String writer, Duration skew) {
        return open(writer, skew, Requests.TIMEOUT);
    }

    /** @param timeout how long this writer waits for an answer */
    public GeoDb open(String writer, Duration skew, Duration timeout) {
        return open(writer, skew, timeout, ONE);
    }

    /** @param where what this writer says of the data centres; they change nothing else */
    public GeoDb open(String writer, Duration skew, Duration timeout, DataCentres where) {
        requireNonNull(skew, "skew is null");
        Requests requests = new Requests(writer, this, faults, delay, random, timeout);
        return new InMemoryGeoDb(this, requests, () -> clock.instant().plus(skew), random, where);
    }
}
