package org.pombal.node.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseState;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.placement.User;
import org.pombal.model.statistics.TrafficMeter.Sample;
import org.pombal.model.user.UserKey;
import org.pombal.node.TestCluster;
import org.pombal.node.ownership.Arrival.Outcome;
import org.pombal.node.ownership.Arrival.Way;
import org.pombal.node.session.ProcessId;
import org.pombal.node.topology.NothingKept;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;

/** The drivers of a backend's ownership against an in-memory GeoDB. */
class OwnershipTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Way LOOKUP = new Way.Lookup(HoldLimits.Kind.LOGIN);

    private final TestCluster cluster = new TestCluster();
    private final Backend b1 = cluster.online("b1.test");
    private final Backend b2 = cluster.online("b2.test");
    private final Topology topology = new Topology("here");
    private final GroupId group = GroupId.numbered(cluster.here.id(), 1);

    @TempDir
    private Path folder;

    private TestBackend first;
    private TestBackend second;

    @BeforeEach
    void start() throws Exception {
        new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock).step();
        TestCluster.applied(
                cluster.geoDb.groups().createIfAbsent(UserGroup.placed(group, b1.id(), Optional.of(b2.id()))));
        for (String user : List.of("ann", "bob", "cat")) {
            TestCluster.applied(cluster.geoDb.users().createIfAbsent(User.firstSeen(new UserKey(user), group)));
        }
        first = backend(b1);
        second = backend(b2);
        // A move to a backend that does not hold its lease is withdrawn.
        await().atMost(PATIENCE).until(() -> lease(b1).isPresent() && lease(b2).isPresent());
    }

    private TestBackend backend(Backend self) throws IOException {
        Path state = folder.resolve(self.host().value());
        state.toFile().mkdirs();
        return new TestBackend(cluster.geoDb, topology, self, state, TestBackend.nowhere(), (to, its, user) -> {
            (to.equals(b1.id()) ? first : second).ownership.arrivedElsewhere(its, user);
        });
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private UserGroup row() {
        return TestCluster.get(cluster.geoDb.groups().find(group, ReadLevel.SERIAL))
                .orElseThrow();
    }

    private Optional<Lease> lease(Backend of) {
        return TestCluster.get(cluster.geoDb.leases().find(new LeaseId.OfBackend(of.id()), ReadLevel.SERIAL));
    }

    private static Way session(int pid) {
        return new Way.Session(new ProcessId(pid, 1), Optional.empty());
    }

    private void move(boolean lazy) {
        GroupMove move = GroupMove.proposed(MoveId.random(), b2.id(), lazy, "a test", Instant.EPOCH);
        TestCluster.applied(cluster.geoDb.groups().update(GroupSteps.proposed(row(), move)));
        see();
    }

    /** Until the hand-over is known there, users are sent back to the source. */
    private static void awaitServed(TestBackend by, String user, Way way) {
        await().atMost(PATIENCE).until(() -> by.arrive(user, way) instanceof Outcome.Served);
    }

    private void see() {
        first.ownership.groupsSeen(List.of(row()));
        second.ownership.groupsSeen(List.of(row()));
    }

    @Test
    void whatAGroupGivesToDoIsCountedByItsOwner() {
        awaitServed(first, "ann", new Way.Login(new LoginReference(7, 1)));
        awaitServed(first, "ann", new Way.Session(new ProcessId(1, 1), Optional.of(new LoginReference(7, 1))));
        awaitServed(first, "bob", new Way.Opening(new ProcessId(2, 1)));

        assertThat(TestCluster.get(first.ownership.samples())).isEqualTo(Map.of(group, new Sample(2, 1, 1)));
        assertThat(TestCluster.get(first.ownership.samples())).isEqualTo(Map.of(group, new Sample(2, 0, 0)));
        assertThat(TestCluster.get(second.ownership.samples())).isEmpty();
    }

    @Test
    void theFirstWhoComesHasTheGroupClaimedAndIsServedOthersAreSentThere() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        assertThat(row().isOwnedBy(b1.id(), 1)).isTrue();
        assertThat(second.arrive("ann", LOOKUP)).isEqualTo(new Outcome.Elsewhere(b1.id()));
    }

    @Test
    void somebodyWhomNobodyKnowsIsRefusedWhereNobodyIsPlaced() {
        assertThat(first.arrive("zoe", LOOKUP)).isEqualTo(new Outcome.Refused("nobody is placed in this test"));
    }

    @Test
    void aMoveLetsIdleUsersGoAtOnceAndOthersWhenTheirProcessesAreGone() {
        first.processes.obey = false;
        first.processes.mortal = false;
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        move(false);

        awaitServed(second, "bob", session(2));
        CompletableFuture<Outcome> waiting = second.arriveLater("ann", session(3));
        await().atMost(PATIENCE).until(() -> first.processes.asked.contains(new ProcessId(1, 1)));
        assertThat(first.arrive("bob", LOOKUP)).isEqualTo(new Outcome.Elsewhere(b2.id()));
        assertThat(waiting).isNotDone();

        first.processes.end(new ProcessId(1, 1));
        assertThat(waiting.join()).isInstanceOf(Outcome.Served.class);
        await().atMost(PATIENCE).until(() -> row().isOwnedBy(b2.id(), 1) && !row().isMoving());
        assertThat(first.arrive("ann", LOOKUP)).isEqualTo(new Outcome.Elsewhere(b2.id()));
    }

    @Test
    void aProcessThatDoesNotListenIsKilled() {
        first.processes.obey = false;
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        move(false);
        await().atMost(PATIENCE).until(() -> row().isOwnedBy(b2.id(), 1) && !row().isMoving());
        assertThat(first.processes.asked).contains(new ProcessId(1, 1));
    }

    @Test
    void aLazyMoveDisturbsNobodyUntilHeComesAgain() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        move(true);
        awaitServed(second, "bob", session(2));
        assertThat(first.processes.asked).isEmpty();
        awaitServed(second, "ann", session(3));
        assertThat(first.processes.taken).isEmpty();
    }

    @Test
    void aLoginThatIsNoSessionYetIsJudgedAgainAfterTheMove() {
        LoginReference login = new LoginReference(7, 1);
        assertThat(first.arrive("ann", new Way.Login(login))).isInstanceOf(Outcome.Served.class);
        move(false);
        await().atMost(PATIENCE).until(() -> row().isOwnedBy(b2.id(), 1));
        assertThat(first.arrive("ann", new Way.Session(new ProcessId(1, 1), Optional.of(login))))
                .isEqualTo(new Outcome.Elsewhere(b2.id()));
    }

    @Test
    void theLeaseIsGivenBackWhenDovecotHasEndedAndTakenAnewWhenItIsBack() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        first.guard.present = false;
        first.guard.ended = true;
        await().atMost(PATIENCE).until(() -> lease(b1)
                .filter(its -> its.state() == LeaseState.RELEASED)
                .isPresent());
        first.guard.ended = false;
        first.guard.present = true;
        assertThat(first.arrive("ann", session(2))).isInstanceOf(Outcome.Served.class);
        assertThat(row().isOwnedBy(b1.id(), 2)).isTrue();
    }

    @Test
    void itIsNotGivenBackWhileAProcessIsLeft() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        first.guard.gone = false;
        first.guard.ended = true;
        await().atMost(PATIENCE).until(() -> first.guard.trustedUntil == 0);
        assertThat(lease(b1).orElseThrow().state()).isEqualTo(LeaseState.HELD);
        first.guard.gone = true;
        await().atMost(PATIENCE).until(() -> lease(b1).orElseThrow().state() == LeaseState.RELEASED);
    }

    @Test
    void whileTheGuardianIsOnlyNotToBeSeenTheLeaseIsKeptSinceNothingIsProven() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        first.guard.present = false;
        first.guard.gone = false;
        long renewals = lease(b1).orElseThrow().counter();
        await().atMost(PATIENCE).until(() -> lease(b1).orElseThrow().counter() > renewals + 10);

        assertThat(lease(b1).orElseThrow().isHeldBy(1)).isTrue();
        assertThat(row().isOwnedBy(b1.id(), 1)).isTrue();
        assertThat(first.ownership.status().obstacle()).contains("the guardian does not answer");

        first.guard.present = true;
        await().atMost(PATIENCE).until(() -> first.arrive("bob", session(2)) instanceof Outcome.Served);
        assertThat(row().isOwnedBy(b1.id(), 1)).isTrue();
    }

    @Test
    void theNextProcessGoesOnUnderTheSameIncarnationAndKnowsWhomItServes() throws IOException {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        first.close();
        first = backend(b1);
        assertThat(first.arrive("bob", session(2))).isInstanceOf(Outcome.Served.class);
        assertThat(row().isOwnedBy(b1.id(), 1)).isTrue();
        assertThat(first.processes.taken).contains(new ProcessId(1, 1));
        move(false);
        await().atMost(PATIENCE).until(() -> row().isOwnedBy(b2.id(), 1));
        assertThat(first.processes.asked).contains(new ProcessId(1, 1), new ProcessId(2, 1));
    }

    @Test
    void whenTheLeaseWasBrokenDovecotIsKilledAndTheGroupsAreClaimedAnew() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        await().atMost(PATIENCE).until(() -> {
            Lease held = lease(b1).orElseThrow();
            return TestCluster.get(cluster.geoDb.leases().replace(Optional.of(held), held.broken()))
                    instanceof Cas.Applied;
        });
        await().atMost(PATIENCE).until(() -> lease(b1).orElseThrow().isHeldBy(2));
        assertThat(first.arrive("bob", session(2))).isInstanceOf(Outcome.Served.class);
        assertThat(row().isOwnedBy(b1.id(), 2)).isTrue();
    }

    @Test
    void withoutGeoDbTrustEndsAndThenNobodyIsLetIn() {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        cluster.fault = new Fault.Unavailable();
        await().atMost(PATIENCE).until(() -> first.guard.trustedUntil == 0);
        assertThat(first.arrive("ann", session(2))).isInstanceOf(Outcome.Refused.class);
        cluster.fault = new Fault.None();
        await().atMost(PATIENCE).until(() -> first.arrive("ann", session(3)) instanceof Outcome.Served);
    }

    @Test
    void aUserWhoLeavesForAnotherGroupIsServedThereWhenTheSessionsAreGone() {
        GroupId other = GroupId.numbered(cluster.here.id(), 2);
        TestCluster.applied(cluster.geoDb.groups().createIfAbsent(UserGroup.placed(other, b2.id(), Optional.empty())));
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        TestCluster.applied(cluster.geoDb
                .groups()
                .update(GroupSteps.registered(
                        row(), new UserKey("ann"), Departure.to(MoveId.random(), other, Optional.empty()))));
        see();
        await().atMost(PATIENCE)
                .until(() -> TestCluster.get(cluster.geoDb.users().find(new UserKey("ann"), ReadLevel.SERIAL))
                        .orElseThrow()
                        .home()
                        .equals(other));
        assertThat(first.processes.taken).isEmpty();
        assertThat(second.arrive("ann", session(2))).isInstanceOf(Outcome.Served.class);
        assertThat(row().leaving()).isEmpty();
    }

    @Test
    void aBackendThatTakesNoNewSessionsMovesTheGroupOfWhoeverComes() throws Exception {
        assertThat(first.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        Backend now = TestCluster.get(cluster.geoDb.backends().find(b1.host())).orElseThrow();
        TestCluster.applied(cluster.geoDb.backends().update(now.withStatus(BackendStatus.STANDBY)));
        new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock).step();
        assertThat(first.arrive("bob", session(2))).isInstanceOf(Outcome.Served.class);
        await().atMost(PATIENCE)
                .until(() -> row().isInHandover() || row().backend().equals(b2.id()));
        assertThat(first.processes.taken).contains(new ProcessId(1, 1));
        awaitServed(second, "cat", session(3));
    }
}
