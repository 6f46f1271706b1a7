package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.mitigation.GroupOfDeath;
import org.pombal.model.ownership.FailoverChoice;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.VoterId;
import org.pombal.node.ownership.Electors;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.Timer;
import org.pombal.node.topology.Topology;
import org.pombal.operations.Audit;

/**
 * Sees to the failovers of the site while this node has that duty: breaks the leases of backends that are gone, gives their groups to others,
 * and has the electorate tended. All backends' nodes compete for it, so that no controller is needed.
 */
public final class Failover {

    /** How often all groups are read again while a backend is gone. */
    private static final long LIST_AGAIN = Duration.ofSeconds(60).toNanos();

    private final Setup setup;
    private final Parts parts;
    private final OwnershipLoop loop;
    private final FailoverMetrics metrics;
    private final Leadership leadership;
    private final WatchPlan plan;
    private final BackendWatches watches;
    private final Takeovers takeovers;
    private final GroupListing listing;
    private final FailoverHistory history;
    private final GroupWalks walks;
    private final Timer timer;
    private volatile boolean led;
    private boolean stopped;
    private long listAt = Long.MIN_VALUE;
    private volatile FailoverFacts facts = FailoverFacts.NONE;

    /**
     * How failovers are to be done.
     *
     * @param policy when a lease is acted on
     * @param damping how long a backend must have been up before it is given others' groups
     * @param takesOver whether groups are given to other backends at all; not where each has its own storage
     * @param walks which groups are not given to others, since backend after backend broke with them
     */
    public record Setup(
            BreakPolicy policy,
            OwnershipTimings timings,
            Duration damping,
            boolean takesOver,
            GroupOfDeath.Rules walks) {

        public Setup {
            requireNonNull(policy, "policy is null");
            requireNonNull(timings, "timings is null");
            requireNonNull(damping, "damping is null");
            requireNonNull(walks, "walks is null");
        }
    }

    /**
     * What it needs.
     *
     * @param self the name of this node's backend
     * @param holdsOwnLease whether this node holds its own backend's lease; asked on the loop
     * @param electorate is called often, and told whether this node has the duty; has the electorate tended
     * @param fence empty if there is no fence command
     * @param seen is told of each row of a group that was read or written; puts it into the topology, and into all that follows it
     */
    public record Parts(
            OwnershipLoop loop,
            GeoDb geoDb,
            Topology topology,
            HostName self,
            BooleanSupplier holdsOwnLease,
            Electors electors,
            Consumer<Boolean> electorate,
            Optional<FenceCommand> fence,
            Consumer<UserGroup> seen) {

        public Parts {
            requireNonNull(loop, "loop is null");
            requireNonNull(geoDb, "geoDb is null");
            requireNonNull(topology, "topology is null");
            requireNonNull(self, "self is null");
            requireNonNull(holdsOwnLease, "holdsOwnLease is null");
            requireNonNull(electors, "electors is null");
            requireNonNull(electorate, "electorate is null");
            requireNonNull(fence, "fence is null");
            requireNonNull(seen, "seen is null");
        }
    }

    public Failover(Setup setup, Parts parts, FailoverMetrics metrics) {
        this.setup = requireNonNull(setup, "setup is null");
        this.parts = requireNonNull(parts, "parts is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.loop = parts.loop();
        String name = VoterId.ofBackend(parts.self()).value();
        Fences fences = new Fences(
                loop,
                parts.fence(),
                this::hostOf,
                this::leads,
                setup.timings(),
                metrics,
                new Audit("failover by " + name));
        LeaseWatch.Means means = new LeaseWatch.Means(
                loop, parts.geoDb().leases(), setup.policy(), setup.timings(), parts.electors(), fences);
        this.leadership = new Leadership(name, means, parts.holdsOwnLease(), this::soon);
        this.plan = new WatchPlan(parts.topology());
        this.watches = new BackendWatches(means, setup.damping(), this::soon);
        this.takeovers = new Takeovers(
                loop,
                parts.geoDb().groups(),
                watches,
                this::choice,
                parts.topology()::isHeld,
                this::leads,
                parts.seen(),
                metrics);
        this.listing = new GroupListing(loop, parts.geoDb().groups(), this::listed);
        this.history = new FailoverHistory(loop::now, this::nameOf, watches::lastSignAt, metrics);
        this.walks = new GroupWalks(
                loop,
                parts.geoDb(),
                parts.topology(),
                setup.walks(),
                parts.self().value(),
                this::nameOf,
                metrics,
                this::soon);
        this.timer = loop.timer(this::tick);
    }

    /** Begins, and goes on until it is stopped. */
    public void start() {
        loop.execute(this::tick);
    }

    /** Whether this node has the site's duty. From any thread. */
    public boolean hasDuty() {
        return led;
    }

    /** What is known of the site's backends. From any thread. */
    public FailoverFacts facts() {
        return facts;
    }

    /** A backend's node says that it has given its lease back. It is looked at at once. */
    public void released(BackendId backend) {
        loop.execute(() -> {
            watches.hint(backend);
            leadership.hint();
        });
    }

    /** This node's own backend has begun or ceased to serve: who no longer serves leaves the duty to others. On the loop. */
    public void ownLeaseChanged() {
        soon();
    }

    /** Gives the duty back, so that another node has it at once; done when that is done, or was tried as long as the loop runs. */
    public CompletionStage<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stopped = true;
            timer.disarm();
            watches.watch(Set.of(), Optional.empty());
            facts = FailoverFacts.NONE;
            metrics.leads(false);
            leadership.giveUp().whenComplete((given, failure) -> done.complete(null));
        });
        return done;
    }

    private boolean leads() {
        return !stopped && leadership.isHeld();
    }

    private void tick() {
        if (!stopped) {
            parts.topology().localSite().map(Site::id).ifPresent(this::work);
            timer.arm(loop.now() + setup.timings().renewEvery().toNanos() / 2);
        }
    }

    private void soon() {
        if (!stopped) {
            timer.arm(loop.now());
        }
    }

    private void work(SiteId site) {
        Optional<BackendId> self = parts.topology().backend(parts.self()).map(Backend::id);
        leadership.compete(
                site,
                watches.backends().stream()
                        .anyMatch(backend -> watches.isUp(backend) && !self.equals(Optional.of(backend))));
        boolean leads = leadership.isHeld();
        if (leads != led) {
            led = leads;
            listAt = Long.MIN_VALUE;
            history.leads(leads);
        }
        watches.watch(wanted(), self);
        watches.note().stream().filter(change -> led).forEach(history::changed);
        parts.electorate().accept(led);
        walks.look(site, led, isClosed());
        if (led) {
            lookAtThoseGone(site);
        }
        publish();
    }

    /** Whether the backend of this node takes no new sessions. */
    private boolean isClosed() {
        return parts.topology()
                .backend(parts.self())
                .filter(backend -> backend.status() != BackendStatus.ONLINE)
                .isPresent();
    }

    private Set<BackendId> wanted() {
        if (led) {
            return plan.ofLeader(loop.now());
        }
        return leadership.isCandidate() ? plan.ofCandidate(leadership.leader()) : Set.of();
    }

    private void lookAtThoseGone(SiteId site) {
        Set<BackendId> gone = new HashSet<>();
        watches.backends().stream().filter(watches::isDown).forEach(gone::add);
        Set<BackendId> news = history.gone(gone);
        if (!setup.takesOver()) {
            return;
        }
        news.stream().filter(watches::isBroken).forEach(backend -> walks.broke(site, backend));
        if (!news.isEmpty() || (!gone.isEmpty() && loop.now() >= listAt)) {
            listAt = loop.now() + LIST_AGAIN;
            listing.read(site);
        }
        if (!walks.isReady()) {
            return;
        }
        Map<BackendId, Integer> left = takeovers.look(parts.topology().groups());
        for (BackendId backend : gone) {
            int taken = left.containsKey(backend) ? 0 : takeovers.taken(backend);
            if (taken > 0) {
                history.finished(backend, taken);
            }
        }
    }

    private void listed(UserGroup row) {
        UserGroup known = parts.topology().group(row.id());
        if (known == null || known.epoch() < row.epoch()) {
            parts.seen().accept(row);
        }
    }

    private FailoverChoice choice() {
        return new FailoverChoice(parts.topology().backends(), watches::isUp, watches::isSteady);
    }

    private void publish() {
        Map<BackendId, FailoverFacts.BackendFact> known = watches.facts();
        Map<BackendState, Long> counts = new EnumMap<>(BackendState.class);
        known.values().forEach(fact -> counts.merge(fact.state(), 1L, Long::sum));
        metrics.leads(led);
        metrics.backends(counts);
        facts = new FailoverFacts(led, leadership.leader(), known);
    }

    private Optional<HostName> hostOf(BackendId backend) {
        return parts.topology().backend(backend).map(Backend::host);
    }

    private String nameOf(BackendId backend) {
        return hostOf(backend).map(HostName::value).orElseGet(backend::toString);
    }
}
