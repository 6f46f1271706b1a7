package org.pombal.node.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.placement.User;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.ForcedByOperator;
import org.pombal.node.TestCluster;
import org.pombal.node.ownership.Arrival.Outcome;
import org.pombal.node.ownership.Arrival.Way;
import org.pombal.node.session.ProcessId;
import org.pombal.node.topology.NothingKept;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.Departures;

/** Users who are moved because they log in, against an in-memory GeoDB. */
class ForcedMovesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestCluster cluster = new TestCluster();
    private final Backend b1 = cluster.online("b1.test");
    private final Backend b2 = cluster.online("b2.test");
    private final Topology topology = new Topology("here");
    private final TopologySync sync = new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock);
    private final GroupId ours = GroupId.numbered(cluster.here.id(), 1);
    private final GroupId theirs = GroupId.numbered(cluster.here.id(), 2);
    private final AtomicInteger logins = new AtomicInteger();

    @TempDir
    private Path folder;

    private TestBackend first;
    private TestBackend second;

    @BeforeEach
    void start() throws Exception {
        TestCluster.applied(cluster.geoDb.groups().createIfAbsent(UserGroup.placed(ours, b1.id(), Optional.empty())));
        TestCluster.applied(cluster.geoDb.groups().createIfAbsent(UserGroup.placed(theirs, b2.id(), Optional.empty())));
        sync.step();
        first = backend(b1);
        second = backend(b2);
        await().atMost(PATIENCE).until(() -> holdsLease(b1) && holdsLease(b2));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private boolean holdsLease(Backend backend) {
        return TestCluster.get(cluster.geoDb.leases().find(new LeaseId.OfBackend(backend.id()), ReadLevel.SERIAL))
                .isPresent();
    }

    private TestBackend backend(Backend self) throws IOException {
        Path state = folder.resolve(self.host().value());
        state.toFile().mkdirs();
        Departures departures = new Departures(
                new Cluster(
                        cluster.geoDb,
                        "here",
                        host -> CompletableFuture.completedFuture(true),
                        cluster.clock,
                        TakeoverPolicy.LEASE),
                new Audit("test"));
        return new TestBackend(
                cluster.geoDb,
                topology,
                self,
                state,
                TestBackend.nowhere(),
                (to, its, user) -> {},
                new ForcedByOperator(topology, self.host(), departures, UsernameHash.WHOLE_NAME));
    }

    private void user(String name) {
        TestCluster.applied(cluster.geoDb.users().createIfAbsent(User.firstSeen(new UserKey(name), ours)));
    }

    private User row(String name) {
        return TestCluster.get(cluster.geoDb.users().find(new UserKey(name), ReadLevel.SERIAL))
                .orElseThrow();
    }

    private void force(int percentage) throws Exception {
        Backend standing =
                TestCluster.get(cluster.geoDb.backends().find(b1.host())).orElseThrow();
        TestCluster.applied(cluster.geoDb
                .backends()
                .update(standing.withForceMove(Optional.of(
                        new ForceMove<BackendId>(new UserShare("id", percentage), new TreeSet<>(List.of(b2.id())))))));
        sync.step();
    }

    private Way login() {
        return new Way.Login(new LoginReference(logins.incrementAndGet(), 1));
    }

    private static Way session(int pid) {
        return new Way.Session(new ProcessId(pid, 1), Optional.empty());
    }

    /** A login that could not be moved in time was served; the next one is moved. */
    private void awaitDecided(String user, Outcome wanted) {
        await().atMost(PATIENCE).until(() -> first.arrive(user, login()), wanted::equals);
    }

    private void awaitServedBySecond(String user) {
        await().atMost(PATIENCE).until(() -> second.arrive(user, login()) instanceof Outcome.Served);
    }

    @Test
    void whoLogsInIsMovedOnceTheSessionsAreGone() throws Exception {
        user("ann");
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        force(100);
        first.processes.obey = false;
        first.processes.mortal = false;

        await().atMost(PATIENCE).until(() -> {
            first.arrive("ann", login());
            return first.processes.asked.contains(new ProcessId(1, 1));
        });

        assertThat(row("ann").home()).as("while a session lives").isEqualTo(ours);
        assertThat(second.arrive("ann", login())).isNotInstanceOf(Outcome.Served.class);
        first.processes.end(new ProcessId(1, 1));

        awaitDecided("ann", new Outcome.Elsewhere(b2.id()));
        assertThat(row("ann").home()).isEqualTo(theirs);
        awaitServedBySecond("ann");
        assertThat(first.arrive("ann", login())).isEqualTo(new Outcome.Elsewhere(b2.id()));
    }

    @Test
    void exactlyThoseOfTheShareAreMovedAlsoIfAllComeAtOnce() throws Exception {
        List<String> users = IntStream.range(0, 20).mapToObj(i -> "u" + i).toList();
        users.forEach(this::user);
        UserShare share = new UserShare("id", 40);
        List<String> chosen = users.stream()
                .filter(user -> ForcePlacement.isChosen(new UserKey(user), share, UsernameHash.WHOLE_NAME))
                .toList();
        assertThat(chosen).hasSizeBetween(2, 18);
        force(40);

        // Whoever could not be moved in time was served, and is moved at the next login.
        await().atMost(PATIENCE).until(() -> {
            List<CompletableFuture<Outcome>> all =
                    users.stream().map(user -> first.arriveLater(user, login())).toList();
            return all.stream()
                            .filter(login -> login.join().equals(new Outcome.Elsewhere(b2.id())))
                            .count()
                    == chosen.size();
        });

        assertThat(users).filteredOn(user -> row(user).home().equals(theirs)).containsExactlyElementsOf(chosen);
        assertThat(users)
                .filteredOn(user -> !chosen.contains(user))
                .allMatch(user -> first.arrive(user, login()) instanceof Outcome.Served);
    }

    @Test
    void sessionsAndDeliveriesMoveNobody() throws Exception {
        user("ann");
        force(100);

        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        assertThat(first.arrive("ann", new Way.Opening(new ProcessId(2, 1)))).isInstanceOf(Outcome.Served.class);
        assertThat(row("ann").home()).isEqualTo(ours);
    }

    @Test
    void whoCannotBeMovedIsServed() throws Exception {
        user("ann");
        force(100);
        // The destination is on standby since, though nobody has ended the forced move.
        TestCluster.applied(cluster.geoDb
                .backends()
                .update(TestCluster.get(cluster.geoDb.backends().find(b2.host()))
                        .orElseThrow()
                        .withStatus(BackendStatus.STANDBY)));
        sync.step();

        assertThat(first.arrive("ann", login())).isInstanceOf(Outcome.Served.class);
        assertThat(row("ann").home()).isEqualTo(ours);
    }

    @Test
    void afterGeoDbDidNotAnswerNoLoginWaitsForItForAWhile() throws Exception {
        user("ann");
        user("bob");
        force(100);
        cluster.befalls = "updating user group";
        cluster.fault = new Fault.Unavailable();

        assertThat(first.arrive("ann", login())).isInstanceOf(Outcome.Served.class);
        cluster.fault = new Fault.None();

        assertThat(first.arrive("bob", login())).isInstanceOf(Outcome.Served.class);
        assertThat(row("bob").home()).isEqualTo(ours);
        assertThat(first.arrive("ann", login())).isInstanceOf(Outcome.Served.class);
    }

    @Test
    void whoIsOnlyAGuestOfTheSiteStays() throws Exception {
        user("ann");
        GroupId elsewhere = GroupId.numbered(SiteId.random(), 1);
        User row = row("ann");
        TestCluster.applied(cluster.geoDb
                .users()
                .update(new User(row.key(), ours, Optional.empty(), Optional.of(elsewhere), 0, row.version())));
        force(100);

        assertThat(first.arrive("ann", login())).isInstanceOf(Outcome.Served.class);
        assertThat(row("ann").origin()).contains(elsewhere);
    }

    @Test
    void aSitesUsersLeaveForTheOtherSite() throws Exception {
        Site there = TestCluster.applied(cluster.geoDb
                .sites()
                .create(Site.added(SiteId.random(), "there")
                        .withLoadBalancer("lb.there.test")
                        .withGroupCount(10)));
        Site here =
                TestCluster.get(cluster.geoDb.sites().find(cluster.here.id())).orElseThrow();
        TestCluster.applied(cluster.geoDb
                .sites()
                .update(here.withForceMove(
                        Optional.of(new ForceMove<>(new UserShare("id", 100), new TreeSet<>(List.of(there.id())))))));
        sync.step();
        user("ann");

        awaitDecided("ann", new Outcome.OtherSite(there.id()));
        assertThat(row("ann").home().site()).isEqualTo(there.id());
    }
}
