package org.pombal.node.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.applied;
import static org.pombal.node.TestCluster.get;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.routing.Route;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.TestCluster;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.NothingKept;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;

class DestinationsTest {

    private static final UserKey ALICE = new UserKey("alice@example.org");
    private static final Optional<String> NO_TAG = Optional.empty();

    private final TestCluster cluster = new TestCluster();
    private final Topology topology = new Topology("here");
    private final Remembered remembered = new Remembered();
    private final HostAddresses addresses = new HostAddresses(DestinationsTest::resolve, Duration.ofHours(1));
    private Backend b1;
    private Backend b2;

    @BeforeEach
    void twoBackends() throws Exception {
        b1 = cluster.online("b1.test");
        b2 = cluster.online("b2.test");
        catchUp();
    }

    private void catchUp() throws Exception {
        new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock).step();
    }

    @AfterEach
    void close() {
        addresses.close();
    }

    @Test
    void aUserNobodyKnowsIsPlacedAndFromThenOnAnsweredFromMemory() {
        Destinations destinations = destinations(500);
        assertThat(destinations.fromMemory(ALICE)).isNull();

        Answer first = get(destinations.find(ALICE, NO_TAG));

        int before = cluster.requests.get();
        assertThat(destinations.fromMemory(ALICE)).isEqualTo(first);
        assertThat(get(destinations.find(ALICE, NO_TAG))).isEqualTo(first);
        assertThat(cluster.requests).hasValue(before);
        User row = get(cluster.geoDb.users().find(ALICE, ReadLevel.QUORUM)).orElseThrow();
        assertThat(row.home().site()).isEqualTo(cluster.here.id());
        assertThat(get(cluster.geoDb.groups().find(row.home(), ReadLevel.QUORUM)))
                .isPresent();
    }

    @Test
    void nodesThatSeeAUserTogetherAgree() {
        List<Destinations> nodes =
                IntStream.range(0, 8).mapToObj(i -> destinations(500)).toList();
        List<CompletionStage<Answer>> answers = new ArrayList<>();
        nodes.forEach(node -> answers.add(node.find(ALICE, NO_TAG)));

        assertThat(answers.stream()
                        .map(answer -> ((Answer.Go) get(answer)).destination())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theFirstNodeSettlesTheNumberOfGroupsAndOthersObey() throws Exception {
        get(destinations(7).find(ALICE, NO_TAG));
        catchUp();
        get(destinations(1000).find(new UserKey("bob"), NO_TAG));

        Site site = get(cluster.geoDb.sites().find(cluster.here.id())).orElseThrow();
        assertThat(site.groupCount()).hasValue(7);
        GroupId bobs = get(cluster.geoDb.users().find(new UserKey("bob"), ReadLevel.QUORUM))
                .orElseThrow()
                .home();
        assertThat(Integer.parseInt(bobs.name().substring("default-".length()))).isBetween(1, 7);
    }

    @Test
    void aUserAtHomeElsewhereGoesToThatSitesLoadBalancer() throws Exception {
        Site there = applied(cluster.geoDb
                .sites()
                .create(Site.added(SiteId.random(), "there").withLoadBalancer("lb.there.test")));
        applied(cluster.geoDb.users().createIfAbsent(User.firstSeen(ALICE, GroupId.numbered(there.id(), 1))));
        catchUp();

        Answer.Go answer = (Answer.Go) get(destinations(10).find(ALICE, NO_TAG));

        assertThat(answer.destination().host()).isEqualTo("lb.there.test");
        assertThat(answer.route()).isInstanceOf(Route.ToSite.class);
    }

    @Test
    void aSiteThatTakesNobodyGivesNewUsersToAnotherAndKeepsItsOwn() throws Exception {
        Answer before = get(destinations(10).find(ALICE, NO_TAG));
        applied(cluster.geoDb
                .sites()
                .create(Site.added(SiteId.random(), "there")
                        .withLoadBalancer("lb.there.test")
                        .withGroupCount(7)));
        Site here = get(cluster.geoDb.sites().find(cluster.here.id())).orElseThrow();
        applied(cluster.geoDb.sites().update(here.withStatus(SiteStatus.STANDBY)));
        catchUp();

        assertThat(get(destinations(10).find(new UserKey("bob"), NO_TAG)))
                .isInstanceOfSatisfying(
                        Answer.Go.class, answer -> assertThat(answer.route()).isInstanceOf(Route.ToSite.class));
        assertThat(get(destinations(10).find(ALICE, NO_TAG))).isEqualTo(before);
    }

    @Test
    void aUserWithATagIsPlacedOnASiteWithThatTagOnly() throws Exception {
        Tag gold = applied(cluster.geoDb.sites().createTag(TagId.random(), "gold"));
        catchUp();
        assertThat(get(destinations(10).find(ALICE, Optional.of("gold"))))
                .isInstanceOfSatisfying(Answer.Unavailable.class, answer -> assertThat(answer.reason())
                        .contains("takes no new users with tag 'gold'"));
        assertThat(get(destinations(10).find(ALICE, Optional.of("silver"))))
                .isInstanceOfSatisfying(Answer.Unavailable.class, answer -> assertThat(answer.reason())
                        .contains("'silver' does not exist"));

        Site there = applied(cluster.geoDb
                .sites()
                .create(Site.added(SiteId.random(), "there")
                        .withTag(Optional.of(gold.id()))
                        .withLoadBalancer("lb.there.test")
                        .withGroupCount(7)));
        catchUp();

        assertThat(get(destinations(10).find(ALICE, Optional.of("gold")))).isInstanceOf(Answer.Go.class);
        assertThat(get(cluster.geoDb.users().find(ALICE, ReadLevel.SERIAL))
                        .orElseThrow()
                        .home()
                        .site())
                .isEqualTo(there.id());
    }

    @Test
    void withNowhereToPlaceAUserNothingIsCreated() throws Exception {
        applied(cluster.geoDb.backends().update(b1.withLoadFactor(LoadFactor.DRAIN)));
        applied(cluster.geoDb.backends().update(b2.withLoadFactor(LoadFactor.DRAIN)));
        catchUp();

        assertThat(get(destinations(10).find(ALICE, NO_TAG)))
                .isInstanceOfSatisfying(Answer.Unavailable.class, answer -> assertThat(answer.reason())
                        .contains("cannot be placed", "load factor above 0"));
        assertThat(get(cluster.geoDb.users().find(ALICE, ReadLevel.QUORUM))).isEmpty();
    }

    @Test
    void whileGeoDbIsAwayKnownUsersAreRoutedAndOthersGetATemporaryFailure() {
        Destinations destinations = destinations(10);
        Answer known = get(destinations.find(ALICE, NO_TAG));
        cluster.fault = new Fault.Unavailable();

        assertThat(get(destinations.find(ALICE, NO_TAG))).isEqualTo(known);
        assertThat(get(destinations.find(new UserKey("bob"), NO_TAG))).isInstanceOf(Answer.Unavailable.class);

        cluster.fault = new Fault.None();
        assertThat(get(destinations.find(new UserKey("bob"), NO_TAG))).isInstanceOf(Answer.Go.class);
    }

    @Test
    void whatIsKeptServesWhileItIsNotKnownToBeCurrentAndGeoDbIsAway() {
        Destinations before = destinations(10);
        Answer known = get(before.find(ALICE, NO_TAG));
        remembered.memory.clear();
        remembered.current = false;
        cluster.fault = new Fault.RequestLost();

        assertThat(get(destinations(10).find(ALICE, NO_TAG))).isEqualTo(known);
    }

    @Test
    void whatIsKeptAndCurrentIsBelievedWithoutAskingGeoDb() {
        get(destinations(10).find(ALICE, NO_TAG));
        remembered.memory.clear();
        int before = cluster.requests.get();

        assertThat(get(destinations(10).find(ALICE, NO_TAG))).isInstanceOf(Answer.Go.class);
        assertThat(cluster.requests).hasValue(before);
    }

    @Test
    void anOutcomeThatIsNotKnownIsNotTakenForAFailure() {
        Destinations destinations = destinations(10);
        cluster.fault = new Fault.AnswerLost();
        get(destinations.find(ALICE, NO_TAG));
        cluster.fault = new Fault.None();

        Answer.Go answer = (Answer.Go) get(destinations.find(ALICE, NO_TAG));
        UserGroup owner = get(cluster.geoDb
                        .groups()
                        .find(
                                get(cluster.geoDb.users().find(ALICE, ReadLevel.SERIAL))
                                        .orElseThrow()
                                        .home(),
                                ReadLevel.SERIAL))
                .orElseThrow();
        assertThat(((Route.ToBackend) answer.route()).backend().id()).isEqualTo(owner.backend());
    }

    @Test
    void aBackendWhoseNameDoesNotResolveIsATemporaryFailureThatNamesIt() throws Exception {
        applied(cluster.geoDb.backends().update(b1.withLoadFactor(LoadFactor.DRAIN)));
        applied(cluster.geoDb.backends().update(b2.withLoadFactor(LoadFactor.DRAIN)));
        cluster.online("nowhere.test");
        catchUp();

        assertThat(get(destinations(10).find(ALICE, NO_TAG)))
                .isInstanceOfSatisfying(Answer.Unavailable.class, answer -> assertThat(answer.reason())
                        .contains("nowhere.test"));
    }

    @Test
    void whatWasReadBeforeAChangeIsNotRememberedAfterIt() {
        Destinations destinations = destinations(10);
        cluster.fault = new Fault.Slow(Duration.ofMillis(300));
        CompletionStage<Answer> underWay = destinations.find(ALICE, NO_TAG);
        remembered.editions.merge(ALICE, 1, Integer::sum);
        get(underWay);

        assertThat(remembered.memory).doesNotContainKey(ALICE);
    }

    @Test
    void oneLookupServesAllThatAskAtTheSameMoment() {
        get(destinations(10).find(new UserKey("warm-up"), NO_TAG));
        remembered.memory.clear();
        remembered.kept.clear();
        Destinations destinations = destinations(10);
        cluster.fault = new Fault.Slow(Duration.ofMillis(200));
        int before = cluster.requests.get();
        List<CompletionStage<Answer>> answers = IntStream.range(0, 50)
                .mapToObj(i -> destinations.find(ALICE, NO_TAG))
                .toList();
        answers.forEach(TestCluster::get);

        assertThat(cluster.requests.get() - before).isLessThan(10);
    }

    @Test
    void aSiteThatIsNotInGeoDbIsSaid() throws Exception {
        Topology elsewhere = new Topology("nowhere");
        Destinations destinations = new Routing(UsernameHash.WHOLE_NAME, 10, UnknownUsers.PLACE, 100)
                .assemble(
                        cluster.geoDb, elsewhere, remembered, group -> {}, new RoutingMetrics(new PrometheusRegistry()))
                .destinations(addresses);

        assertThat(get(destinations.find(ALICE, NO_TAG)))
                .isInstanceOfSatisfying(Answer.Unavailable.class, answer -> assertThat(answer.reason())
                        .contains("site nowhere", "cluster_local_site"));
    }

    private Destinations destinations(int groupCount) {
        return new Routing(UsernameHash.WHOLE_NAME, groupCount, UnknownUsers.PLACE, 1000)
                .assemble(
                        cluster.geoDb, topology, remembered, group -> {}, new RoutingMetrics(new PrometheusRegistry()))
                .destinations(addresses);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "b1.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.11")};
            case "b2.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.12")};
            case "lb.there.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.13")};
            default -> throw new UnknownHostException(host);
        };
    }

    /** Memory and what survives a restart, as maps. */
    private static final class Remembered implements KnownUsers {

        private final Map<UserKey, GroupId> memory = new ConcurrentHashMap<>();
        private final Map<UserKey, GroupId> kept = new ConcurrentHashMap<>();
        private final Map<UserKey, Integer> editions = new ConcurrentHashMap<>();
        private volatile boolean current = true;

        @Override
        public @Nullable GroupId inMemory(UserKey user) {
            return memory.get(user);
        }

        @Override
        public CompletionStage<Optional<GroupId>> kept(UserKey user) {
            return CompletableFuture.completedFuture(Optional.ofNullable(kept.get(user)));
        }

        @Override
        public boolean keptIsCurrent() {
            return current;
        }

        @Override
        public int edition(UserKey user) {
            return editions.getOrDefault(user, 0);
        }

        @Override
        public void remember(UserKey user, GroupId home, int edition) {
            if (edition(user) == edition) {
                memory.put(user, home);
                kept.put(user, home);
            }
        }
    }
}
