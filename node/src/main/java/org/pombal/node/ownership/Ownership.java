package org.pombal.node.ownership;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.Doorkeeper;
import org.pombal.model.ownership.FailoverChoice;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.GroupKeeper;
import org.pombal.model.ownership.HandOverRules;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.ownership.MoveLimiter;
import org.pombal.model.ownership.StatusMoves;
import org.pombal.model.ownership.Surroundings;
import org.pombal.model.ownership.UserHomes;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.model.user.UserKey;
import org.pombal.node.session.FlushHook;
import org.pombal.node.session.ProcessId;
import org.pombal.node.session.SessionBook;
import org.pombal.node.session.SessionEnds;
import org.pombal.node.topology.Topology;

/** One backend's part in the ownership protocol. Its methods may be called from any thread. */
public final class Ownership {

    /** How many requests about groups, and about users who arrive, are under way in GeoDB at once. */
    private static final int GROUP_REQUESTS = 64;

    private static final int USER_REQUESTS = 128;

    /** How often the rows of all groups are read again, should a change have been missed. */
    private static final long LOOK_AROUND = Duration.ofSeconds(60).toNanos();

    private static final long SWEEP = Duration.ofMillis(200).toNanos();

    private final OwnershipLoop loop;
    private final Topology topology;
    private final BackendId self;
    private final SessionBook book;
    private final OwnedGroups groups;
    private final GroupTally tally = new GroupTally();
    private final Door door;
    private final BackendLease lease;
    private final SiteGuard siteGuard;
    private volatile OwnershipStatus status = OwnershipStatus.NONE;
    private final Set<GroupId> changed = new LinkedHashSet<>();
    private final Timer sweep;
    private long lookAroundAt;

    /**
     * What it is put together from, besides the setup.
     *
     * @param machine a name for this machine, for those who find the lease held
     * @param held where the incarnation is kept
     * @param term where the term is kept under which users are served
     * @param places places users and groups that are not in GeoDB yet
     * @param forced moves users elsewhere when they log in
     */
    public record Parts(
            OwnershipLoop loop,
            GeoDb geoDb,
            Topology topology,
            BackendId self,
            String machine,
            HeldIncarnation held,
            KeptTerm term,
            Guard guard,
            SessionBook book,
            SessionEnds ends,
            FlushHook flush,
            Electors electors,
            Proofs proofs,
            Neighbors neighbors,
            UnknownPlaces places,
            ForcedMoves forced) {}

    public Ownership(OwnershipSetup setup, Parts parts) {
        this.loop = parts.loop();
        this.topology = parts.topology();
        this.self = parts.self();
        this.book = parts.book();
        Surroundings model = new Surroundings(
                self, book, new MoveLimiter(setup.maxParallelMoves()), setup.timings(), HandOverRules.PROTOCOL);
        this.groups = new OwnedGroups(
                model,
                new GroupSurroundings(
                        loop,
                        parts.geoDb(),
                        new RequestLimit(loop, GROUP_REQUESTS),
                        book::revokePending,
                        parts.ends(),
                        parts.flush(),
                        parts.proofs(),
                        new MoveHistory(self, this::nameOf, this::ownerOf),
                        this::changed,
                        this::passOn));
        UserHomes homes = new UserHomes(setup.rememberedUsers(), HandOverRules.PROTOCOL);
        this.siteGuard = new SiteGuard(
                loop,
                parts.geoDb().siteFailovers(),
                () -> topology.localSite().map(Site::id),
                setup.site(),
                parts.term(),
                parts.guard(),
                new OnSite(homes, parts.neighbors()));
        this.lease = new BackendLease(
                loop,
                parts.geoDb().leases(),
                self,
                parts.machine(),
                setup.policy(),
                setup.timings(),
                parts.held(),
                siteGuard,
                parts.electors(),
                new OnLease(parts.neighbors()));
        this.door = new Door(
                loop,
                new Doorkeeper(
                        homes,
                        groups::keeper,
                        user -> parts.places().usual(user).flatMap(groups::known),
                        setup.timings()),
                homes,
                groups,
                book,
                parts.geoDb().users(),
                new RequestLimit(loop, USER_REQUESTS),
                new HoldLimits(setup.timings()),
                tally,
                new ForcedDepartures(loop, parts.forced(), groups),
                new Door.Surroundings(
                        () -> topology.localSite().map(Site::id),
                        this::isTrusted,
                        siteGuard::term,
                        setup.deliveryProcesses(),
                        parts.places(),
                        parts.neighbors(),
                        this::moveAwayIfClosed));
        this.sweep = loop.timer(this::sweep);
    }

    private boolean isTrusted(long now) {
        return lease.isTrusted(now) && siteGuard.mayServe(now);
    }

    private final class OnSite implements SiteGuard.Listener {

        private final UserHomes homes;
        private final Neighbors neighbors;

        OnSite(UserHomes homes, Neighbors neighbors) {
            this.homes = homes;
            this.neighbors = neighbors;
        }

        @Override
        public void forget() {
            homes.forgetAll();
        }

        @Override
        public void changed() {
            // Not before what is being put together is.
            loop.later(() -> {
                door.judgeAllAgain();
                neighbors.trustChanged();
            });
        }
    }

    private final class OnLease implements BackendLease.Listener {

        private final Neighbors neighbors;

        OnLease(Neighbors neighbors) {
            this.neighbors = neighbors;
        }

        @Override
        public void held(long incarnation, boolean resumed) {
            groups.held(incarnation, resumed, topology.groups().toList());
        }

        @Override
        public void lost() {
            groups.lost();
        }

        @Override
        public void released() {
            neighbors.released(self);
        }

        @Override
        public void trustChanged() {
            door.judgeAllAgain();
            neighbors.trustChanged();
        }
    }

    /** Begins to acquire the lease. */
    public void start() {
        loop.execute(() -> {
            lookAroundAt = loop.now() + LOOK_AROUND;
            siteGuard.start();
            lease.start();
            sweep();
        });
    }

    /** Decides about somebody who wants in; answers within the limits for holding, never with an exception. */
    public CompletionStage<Arrival.Outcome> arrive(Arrival arrival) {
        loop.execute(() -> door.arrive(arrival));
        return arrival.outcome();
    }

    /** Another node says that a user of the group waits for what this backend does. */
    public void arrivedElsewhere(GroupId group, UserKey user) {
        loop.execute(() -> groups.driver(group).event(new GroupEvent.Arrived(user)));
    }

    /** The guardian may have something new to say. */
    public void guardChanged() {
        loop.execute(lease::guardChanged);
    }

    /** A process of a session was seen gone. */
    public void processGone(ProcessId process) {
        loop.execute(() -> {
            boolean wasOlder = book.olderProcesses().contains(process);
            Set<GroupId> less = book.gone(process);
            if (wasOlder) {
                groups.tellAll(new GroupEvent.SessionsChanged());
            } else {
                less.forEach(group -> groups.driver(group).event(new GroupEvent.SessionsChanged()));
            }
        });
    }

    /** Rows of groups were seen to be otherwise than known. */
    public void groupsSeen(Collection<UserGroup> rows) {
        loop.execute(() -> groups.seen(rows));
    }

    /** It was proven that this incarnation of another backend is over. */
    public void over(BackendId backend, long incarnation) {
        loop.execute(() -> groups.tellAll(new GroupEvent.Over(backend, incarnation)));
    }

    /** Whether an incarnation of this backend's lease is held, and not about to be given back. To be called on the loop. */
    public boolean holdsLease() {
        return lease.isWanted();
    }

    /** What was so a second ago at most. */
    public OwnershipStatus status() {
        return status;
    }

    /** What each group that this backend owns gave it to do since the call before. Does not complete once the loop has ended. */
    public CompletionStage<Map<GroupId, Sample>> samples() {
        CompletableFuture<Map<GroupId, Sample>> all = new CompletableFuture<>();
        loop.execute(() -> {
            Map<GroupId, Integer> sessions = book.sessionsByGroup();
            Map<GroupId, Sample> samples = new HashMap<>();
            groups.all().stream()
                    .map(GroupDriver::keeper)
                    .filter(GroupKeeper::isOwner)
                    .map(GroupKeeper::id)
                    .forEach(group -> samples.put(group, tally.taken(group, sessions.getOrDefault(group, 0))));
            tally.clear();
            all.complete(samples);
        });
        return all;
    }

    private void passOn() {
        groups.passOn();
    }

    private void changed(GroupId group) {
        if (changed.add(group) && changed.size() == 1) {
            // Not while others are being judged: each of them might change something again.
            loop.later(() -> {
                Set<GroupId> all = Set.copyOf(changed);
                changed.clear();
                all.forEach(door::judgeAgain);
            });
        }
    }

    private void sweep() {
        long now = loop.now();
        book.sweep(now);
        if (now >= lookAroundAt) {
            lookAroundAt = now + LOOK_AROUND;
            groups.lookAgain();
            groups.forget(group -> false);
        }
        status = new OwnershipStatus(
                lease.obstacle().or(siteGuard::obstacle),
                lease.incarnation(),
                lease.trustLeft(now),
                groups.owned(),
                groups.moving(),
                door.waiting(),
                book.pendingCount(),
                book.processCount(),
                book.olderProcesses().size(),
                book.userCount());
        sweep.arm(now + SWEEP);
    }

    private String nameOf(BackendId backend) {
        return topology.backend(backend).map(its -> its.host().value()).orElseGet(backend::toString);
    }

    private Optional<BackendId> ownerOf(GroupId group) {
        return Optional.ofNullable(topology.group(group)).map(UserGroup::backend);
    }

    /** A backend that takes no new sessions moves the groups of those who log in all the same, but for groups that are held. */
    private void moveAwayIfClosed(GroupId id) {
        Optional<Backend> own = topology.backend(self);
        GroupKeeper keeper = groups.keeper(id);
        if (own.isEmpty() || !keeper.isOwner() || topology.isHeld(id)) {
            return;
        }
        FailoverChoice choice = new FailoverChoice(topology.backends(), backend -> true, backend -> true);
        Optional<GroupMove> move = keeper.row()
                .flatMap(row -> StatusMoves.atLogin(row, own.get().status(), choice, MoveId.random(), Instant.now()));
        move.ifPresent(its -> groups.driver(id).event(new GroupEvent.MoveAsked(its)));
    }
}
