package org.pombal.node.sites;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.sitefailover.AwayPlacement;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.sitefailover.SiteJudge;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.ownership.SiteSetup;
import org.pombal.node.routing.SiteTakeovers;
import org.pombal.node.topology.Topology;
import org.pombal.operations.Departures;
import org.pombal.operations.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the failovers of other sites while this node has the site's duty to: has them judged, takes users of lost sites over in batches, and
 * sends them home when their site recovers; also empties its own site when that is being evacuated. All that it does is safe if several do it.
 */
public final class SiteFailoverDriver implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SiteFailoverDriver.class);
    private static final long TICK_MILLIS = 1_000;
    private static final long PATIENCE_SECONDS = 10;
    /** All of a share are home; somebody may still be taken over from a third site. */
    private static final long REST = TimeUnit.MINUTES.toNanos(1);

    private static final int MOST_GROUPS = 5_000;

    private final GeoDb geoDb;
    private final Topology topology;
    private final SiteTakeovers takeovers;
    private final Departures departures;
    private final Setup setup;
    private final BooleanSupplier leads;
    private final LongSupplier nanoTime;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final SiteJudge judge;
    private final Map<SiteId, UserBatches> taking = new HashMap<>();
    private final Map<SiteId, UserBatches> sending = new HashMap<>();
    private final Map<SiteId, Rest> resting = new HashMap<>();
    private Optional<UserBatches> emptying = Optional.empty();

    /** There is nothing to do about a version of a site's failover until then, or the users who stay away would be read each second. */
    private record Rest(long version, long until) {}

    /**
     * How it is done.
     *
     * @param automatic whether failovers are declared and ended without an operator
     * @param rate users a second
     */
    public record Setup(boolean automatic, int rate, UsernameHash usernameHash, SiteSetup site) {}

    /** @param leads whether this node has the duty */
    public SiteFailoverDriver(
            GeoDb geoDb,
            Topology topology,
            SiteTakeovers takeovers,
            Departures departures,
            Setup setup,
            BooleanSupplier leads,
            LongSupplier nanoTime) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.takeovers = requireNonNull(takeovers, "takeovers is null");
        this.departures = requireNonNull(departures, "departures is null");
        this.setup = requireNonNull(setup, "setup is null");
        this.leads = requireNonNull(leads, "leads is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.judge = new SiteJudge(setup.site().timings(), setup.site().rules());
        this.thread = new Thread(this::run, "pombal-site-failover");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    step();
                } catch (ExecutionException | TimeoutException e) {
                    log.debug("GeoDB does not answer about failovers of sites, trying on: {}", e.toString());
                } catch (RuntimeException e) {
                    log.error("internal error while seeing to failovers of sites", e);
                }
            }
        } catch (InterruptedException e) {
            log.debug("interrupted");
        }
    }

    /** Does what is to be done now. */
    void step() throws InterruptedException, ExecutionException, TimeoutException {
        Optional<Site> own = topology.localSite();
        if (!leads.getAsBoolean() || own.isEmpty() || topology.sites().size() < 2) {
            return;
        }
        long begunAt = nanoTime.getAsLong();
        Map<SiteId, SiteFailover> rows =
                await(geoDb.siteFailovers().list()).stream().collect(toMap(SiteFailover::site, Function.identity()));
        boolean anything = rows.values().stream().anyMatch(row -> row.phase() != FailoverPhase.NONE);
        if ((setup.automatic() || anything) && !judge(begunAt, own.get(), rows)) {
            return;
        }
        if (rows.getOrDefault(own.get().id(), SiteFailover.never(own.get().id()))
                .letsSiteServe()) {
            for (SiteFailover row : rows.values()) {
                work(own.get(), row);
            }
            evacuate(own.get());
        }
    }

    private SiteJudge.Majority majority(Site own) throws InterruptedException {
        if (!judge.asksForMajority()) {
            return SiteJudge.Majority.NOT_ASKED;
        }
        try {
            await(geoDb.siteFailovers().find(own.id(), ReadLevel.SERIAL));
            return SiteJudge.Majority.ANSWERED;
        } catch (ExecutionException | TimeoutException e) {
            log.debug("GeoDB has no majority to decide about other sites: {}", e.toString());
            return SiteJudge.Majority.NONE;
        }
    }

    /** @return whether GeoDB can decide anything, so that it is of use to go on */
    private boolean judge(long begunAt, Site own, Map<SiteId, SiteFailover> rows)
            throws InterruptedException, ExecutionException, TimeoutException {
        Collection<Site> sites = topology.sites();
        List<SiteSight> sights = new ArrayList<>();
        Map<SiteId, Integer> capacities = new HashMap<>();
        for (Site site : sites) {
            sights.addAll(await(geoDb.reachability().from(site.id())));
            capacities.put(site.id(), capacity(await(geoDb.backends().list(site.id()))));
        }
        Set<SiteId> home = new TreeSet<>();
        sending.forEach((site, batches) -> {
            if (batches.foundNobody()) {
                home.add(site);
            }
        });
        SiteJudge.Majority majority = majority(own);
        SiteJudge.Facts facts = new SiteJudge.Facts(
                begunAt,
                nanoTime.getAsLong(),
                majority,
                own.id(),
                sites,
                rows,
                new ReachabilityMatrix(sights),
                capacities,
                setup.automatic(),
                home,
                setup.rate());
        for (SiteJudge.Decision decision : judge.judge(facts)) {
            SiteFailover next = decision.next();
            if (nanoTime.getAsLong() - decision.until() > 0) {
                log.info("what was to be done about site {} is too old now: {}", name(next.site()), decision.reason());
                continue;
            }
            Cas<SiteFailover> outcome = await(geoDb.siteFailovers().update(next));
            if (outcome instanceof Cas.Applied) {
                log.atWarn()
                        .addKeyValue("event", "cluster_site_failover")
                        .addKeyValue("site", name(next.site()))
                        .addKeyValue("phase", next.phase())
                        .log(
                                "failover of site {} is {} now, in term {}: {}",
                                name(next.site()),
                                next.phase(),
                                next.term(),
                                decision.reason());
            }
        }
        return majority != SiteJudge.Majority.NONE;
    }

    private static int capacity(List<Backend> backends) {
        return backends.stream()
                .filter(backend -> backend.status() == BackendStatus.ONLINE)
                .mapToInt(backend -> backend.loadFactor().percent())
                .sum();
    }

    private void work(Site own, SiteFailover row) throws InterruptedException, ExecutionException, TimeoutException {
        if (row.site().equals(own.id())) {
            return;
        }
        if (row.phase() != FailoverPhase.ACTIVE) {
            taking.remove(row.site());
        }
        if (row.phase() != FailoverPhase.RECOVERING) {
            sending.remove(row.site());
        }
        if (row.paused()) {
            return;
        }
        if (row.letsOthersTake() && row.shares().containsKey(own.id())) {
            told(
                    row,
                    "taken over",
                    taking.computeIfAbsent(row.site(), id -> new UserBatches(geoDb.users()::inGroup))
                            .goOn(groups(row.site()), row.rate(), user -> take(own, user)));
        } else if (row.phase() == FailoverPhase.RECOVERING && !rests(row)) {
            UserBatches batches = sending.computeIfAbsent(row.site(), id -> new UserBatches(geoDb.users()::awayFrom));
            told(row, "sent home", batches.goOn(groups(row.site()), row.rate(), user -> sendHome(own, row, user)));
            if (row.returning().isPresent() && batches.foundNothingToDo()) {
                resting.put(row.site(), new Rest(row.version(), nanoTime.getAsLong() + REST));
            }
        }
    }

    private boolean rests(SiteFailover row) {
        Rest rest = resting.get(row.site());
        return rest != null && rest.version() == row.version() && nanoTime.getAsLong() - rest.until() < 0;
    }

    private void told(SiteFailover row, String what, int users) {
        if (users > 0) {
            log.atInfo()
                    .addKeyValue("event", "cluster_site_users_moved")
                    .addKeyValue("site", name(row.site()))
                    .addKeyValue("users", users)
                    .log("{} users of site {} {}", users, name(row.site()), what);
        }
    }

    private CompletionStage<Boolean> take(Site own, User user) {
        return takeovers.taker(user).filter(own.id()::equals).isEmpty()
                ? completedFuture(false)
                : takeovers.find(user.key()).handle((home, failure) -> true);
    }

    private CompletionStage<Boolean> sendHome(Site own, SiteFailover row, User user) {
        return user.home().site().equals(own.id()) && row.letsGoHome(user.key(), setup.usernameHash())
                ? sent(departures.send(user.key(), user.trueHome()))
                : completedFuture(false);
    }

    private void evacuate(Site own) throws InterruptedException, ExecutionException, TimeoutException {
        if (own.status() != SiteStatus.EVACUATE) {
            emptying = Optional.empty();
            return;
        }
        if (emptying.isEmpty()) {
            emptying = Optional.of(new UserBatches(geoDb.users()::inGroup));
        }
        Set<SiteId> lost = new TreeSet<>();
        topology.sites().stream()
                .map(Site::id)
                .filter(id -> !topology.failover(id).letsSiteServe())
                .forEach(lost::add);
        SortedMap<SiteId, Integer> shares = AwayPlacement.shares(own, topology.sites(), lost, Map.of());
        int moved = emptying.get().goOn(groups(own.id()), setup.rate(), user -> AwayPlacement.site(
                        user, shares, setup.usernameHash())
                .flatMap(topology::site)
                .filter(site -> site.groupCount().isPresent())
                .map(to -> sent(departures.send(user.key(), AwayPlacement.group(user, to, setup.usernameHash()))))
                .orElseGet(() -> completedFuture(false)));
        if (moved > 0) {
            log.info("{} users leave this site, which is being evacuated", moved);
        }
    }

    private static CompletionStage<Boolean> sent(CompletionStage<? extends Outcome<?>> operation) {
        return operation.handle((outcome, failure) -> {
            if (outcome instanceof Outcome.NotDone<?> notDone) {
                log.debug("a user is not moved yet: {}", notDone.obstacle().message());
            }
            return true;
        });
    }

    /** The groups of a site: those with numbers, and those that were made by name. */
    private List<GroupId> groups(SiteId id) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> names = new TreeSet<>();
        int count = topology.site(id).map(site -> site.groupCount().orElse(0)).orElse(0);
        IntStream.rangeClosed(1, count)
                .forEach(number -> names.add(GroupId.numbered(id, number).name()));
        await(geoDb.groups().list(id, Optional.empty(), MOST_GROUPS)).rows().stream()
                .map(UserGroup::id)
                .forEach(group -> names.add(group.name()));
        return names.stream().map(name -> new GroupId(id, name)).toList();
    }

    private String name(SiteId id) {
        return topology.site(id).map(Site::name).orElseGet(id::toString);
    }

    private static <T> T await(CompletionStage<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
