package org.pombal.node.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.applied;
import static org.pombal.node.TestCluster.get;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.placement.User;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.TestCluster;
import org.pombal.node.ownership.SiteSetup;
import org.pombal.node.routing.KnownUsers;
import org.pombal.node.routing.Routes;
import org.pombal.node.routing.Routing;
import org.pombal.node.routing.RoutingMetrics;
import org.pombal.node.routing.UnknownUsers;
import org.pombal.node.topology.NothingKept;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.Departures;

/** What the node with the site's duty does about another site, against an in-memory GeoDB. */
class SiteFailoverDriverTest {

    private static final int USERS = 25;
    private static final int RATE = 10;
    private static final FailoverTimings TIMINGS = new FailoverTimings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));

    private final TestCluster cluster = new TestCluster();
    private final Topology topology = new Topology("here");
    private final AtomicLong clock = new AtomicLong();
    private Site there;
    private boolean reachable = true;
    private SiteFailoverDriver driver;

    @BeforeEach
    void twoSites() throws Exception {
        cluster.online("b1.test");
        applied(cluster.geoDb
                .sites()
                .update(cluster.here.withLoadBalancer("lb.here.test").withGroupCount(4)));
        there = applied(cluster.geoDb
                .sites()
                .create(Site.added(SiteId.random(), "there")
                        .withLoadBalancer("lb.there.test")
                        .withGroupCount(4)));
        IntStream.range(0, USERS)
                .forEach(i -> applied(cluster.geoDb
                        .users()
                        .createIfAbsent(
                                User.firstSeen(new UserKey("user" + i), GroupId.numbered(there.id(), 1 + i % 4)))));
        see();
        Routes routes = new Routing(UsernameHash.WHOLE_NAME, 4, UnknownUsers.PLACE, 1000)
                .assemble(
                        cluster.geoDb,
                        topology,
                        new NothingRemembered(),
                        group -> {},
                        new RoutingMetrics(new PrometheusRegistry()));
        driver = new SiteFailoverDriver(
                cluster.geoDb,
                topology,
                routes.takeovers(),
                new Departures(
                        new Cluster(
                                cluster.geoDb,
                                "here",
                                host -> CompletableFuture.completedFuture(true),
                                cluster.clock,
                                TakeoverPolicy.LEASE),
                        new Audit("test")),
                new SiteFailoverDriver.Setup(
                        true,
                        RATE,
                        UsernameHash.WHOLE_NAME,
                        new SiteSetup(IsolationPolicy.SERVE, TIMINGS, FailoverRules.PROTOCOL)),
                () -> true,
                clock::get);
    }

    private void see() throws Exception {
        new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock).step();
    }

    /** Lets time pass, in steps of a second. */
    private void seconds(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            clock.addAndGet(1_000_000_000L);
            cluster.advance(Duration.ofSeconds(1));
            get(cluster.geoDb
                    .reachability()
                    .publish(List.of(new SiteSight(
                            cluster.here.id(),
                            there.id(),
                            new HostName("p1"),
                            reachable,
                            Duration.ZERO,
                            Duration.ofSeconds(10),
                            Optional.empty(),
                            Duration.ZERO))));
            see();
            driver.step();
        }
    }

    private long here() {
        return IntStream.range(0, USERS)
                .mapToObj(i -> get(cluster.geoDb.users().find(new UserKey("user" + i), ReadLevel.SERIAL))
                        .orElseThrow())
                .filter(user -> user.home().site().equals(cluster.here.id()))
                .count();
    }

    private SiteFailover row() {
        return get(cluster.geoDb.siteFailovers().find(there.id(), ReadLevel.SERIAL));
    }

    @Test
    void aLostSitesUsersAreTakenOverAtTheRateAndComeHomeAtIt() throws Exception {
        seconds(5);
        reachable = false;
        seconds(60);
        assertThat(row().phase()).isEqualTo(FailoverPhase.DECLARED);
        seconds(270);
        assertThat(here()).isZero();
        while (!row().letsOthersTake()) {
            seconds(1);
        }
        seconds(2);
        assertThat(here()).isBetween((long) RATE, 2L * RATE);
        seconds(3);
        assertThat(here()).isEqualTo(USERS);

        reachable = true;
        seconds(590);
        assertThat(here()).isEqualTo(USERS);
        while (row().phase() != FailoverPhase.RECOVERING) {
            seconds(1);
        }
        seconds(2);
        assertThat(here()).isBetween((long) USERS - 2 * RATE, (long) USERS - RATE);
        seconds(6);
        assertThat(here()).isZero();
        assertThat(row().phase()).isEqualTo(FailoverPhase.NONE);
        assertThat(row().term()).isEqualTo(1);
    }

    @Test
    void whatWasLostWhileNothingCouldBeDecidedDoesNotCount() throws Exception {
        seconds(5);
        reachable = false;
        cluster.befalls = "the failover of site";
        cluster.fault = new Fault.Unavailable();
        seconds(100);
        cluster.fault = new Fault.None();

        // It is seen a bit later that the link is whole again.
        seconds(45);
        reachable = true;
        seconds(60);
        assertThat(row()).isEqualTo(SiteFailover.never(there.id()));

        reachable = false;
        seconds(60);
        assertThat(row().phase()).isEqualTo(FailoverPhase.DECLARED);
    }

    @Test
    void aShareComesHomeAndWhenItIsRaisedTheOthers() throws Exception {
        SiteFailover declared = FailoverSteps.declared(SiteFailover.never(there.id()), true, false, USERS)
                .orElseThrow();
        applied(cluster.geoDb.siteFailovers().update(declared));
        applied(cluster.geoDb
                .siteFailovers()
                .update(FailoverSteps.activated(declared, new TreeMap<>(Map.of(cluster.here.id(), 100)))
                        .orElseThrow()));
        seconds(5);
        assertThat(here()).isEqualTo(USERS);

        applied(cluster.geoDb
                .siteFailovers()
                .update(FailoverSteps.returning(row(), new UserShare("id", 50)).orElseThrow()));
        seconds(5);
        long left = here();
        assertThat(left).isBetween(1L, USERS - 1L);
        seconds(5);
        assertThat(here()).isEqualTo(left);
        assertThat(row().phase()).isEqualTo(FailoverPhase.RECOVERING);

        applied(cluster.geoDb
                .siteFailovers()
                .update(FailoverSteps.returning(row(), new UserShare("id", 100)).orElseThrow()));
        seconds(5);
        assertThat(here()).isZero();
        while (row().phase() != FailoverPhase.NONE) {
            seconds(1);
        }
    }

    @Test
    void whilePausedOnlyThoseWhoLogInAreTaken() throws Exception {
        SiteFailover declared = FailoverSteps.declared(SiteFailover.never(there.id()), true, false, RATE)
                .orElseThrow();
        SiteFailover active = FailoverSteps.activated(declared, new TreeMap<>(Map.of(cluster.here.id(), 100)))
                .orElseThrow();
        for (SiteFailover next : List.of(declared, active, FailoverSteps.paced(active, RATE, true))) {
            applied(cluster.geoDb.siteFailovers().update(next));
        }
        seconds(10);
        assertThat(here()).isZero();

        applied(cluster.geoDb.siteFailovers().update(FailoverSteps.paced(row(), 3, false)));
        seconds(2);
        assertThat(here()).isEqualTo(6);
    }

    @Test
    void aSiteThatIsEvacuatedSendsItsUsersAwayAtTheRate() throws Exception {
        Site here = get(cluster.geoDb.sites().find(cluster.here.id())).orElseThrow();
        IntStream.range(0, USERS)
                .forEach(i -> applied(cluster.geoDb
                        .users()
                        .createIfAbsent(User.firstSeen(
                                new UserKey("mine" + i), GroupId.numbered(cluster.here.id(), 1 + i % 4)))));
        applied(cluster.geoDb.sites().update(here.withStatus(SiteStatus.EVACUATE)));

        seconds(1);
        assertThat(mine()).isBetween((long) USERS - 2 * RATE, (long) USERS - RATE);
        seconds(4);
        assertThat(mine()).isZero();
    }

    private long mine() {
        return IntStream.range(0, USERS)
                .mapToObj(i -> get(cluster.geoDb.users().find(new UserKey("mine" + i), ReadLevel.SERIAL))
                        .orElseThrow())
                .filter(user -> user.home().site().equals(cluster.here.id()))
                .count();
    }

    private static final class NothingRemembered implements KnownUsers {

        @Override
        public @Nullable GroupId inMemory(UserKey user) {
            return null;
        }

        @Override
        public CompletionStage<Optional<GroupId>> kept(UserKey user) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public boolean keptIsCurrent() {
            return false;
        }

        @Override
        public int edition(UserKey user) {
            return 0;
        }

        @Override
        public void remember(UserKey user, GroupId home, int edition) {}
    }
}
