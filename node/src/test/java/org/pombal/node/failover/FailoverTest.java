package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseState;
import org.pombal.model.lease.OutagePolicy;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.mitigation.Breakage;
import org.pombal.model.mitigation.GroupOfDeath;
import org.pombal.model.vote.VoterId;
import org.pombal.node.TestCluster;
import org.pombal.node.failover.FailoverFacts.BackendFact;
import org.pombal.node.ownership.Electors;
import org.pombal.node.ownership.TestBackend;
import org.pombal.node.topology.NothingKept;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;
import org.pombal.operations.GroupHolds;

/** Failovers between backends of one process, against an in-memory GeoDB: a backend that is gone is a lease that nobody renews. */
class FailoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final BreakPolicy LEASE = new BreakPolicy(OutagePolicy.FENCE, TakeoverPolicy.LEASE, true);
    private static final BreakPolicy FENCED = new BreakPolicy(OutagePolicy.FENCE, TakeoverPolicy.FENCED, true);

    private final TestCluster cluster = new TestCluster();
    private final Backend dead = cluster.online("dead.test");
    private final Backend b2 = cluster.online("b2.test");
    private final Backend b3 = cluster.online("b3.test");
    private final GroupId group = GroupId.numbered(cluster.here.id(), 1);
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final List<Living> living = new ArrayList<>();

    @TempDir
    private Path folder;

    /** A backend that holds its lease, and whose node takes part in failovers. */
    private record Living(TestBackend backend, Failover failover) {

        boolean leads() {
            return failover.facts().leads();
        }
    }

    @BeforeEach
    void ownGroups() {
        TestCluster.applied(cluster.geoDb
                .leases()
                .replace(
                        Optional.empty(),
                        Lease.first(new LeaseId.OfBackend(dead.id()), "dead.test", UUID.randomUUID())));
        UserGroup placed = TestCluster.applied(
                cluster.geoDb.groups().createIfAbsent(UserGroup.placed(group, dead.id(), Optional.of(b2.id()))));
        TestCluster.applied(cluster.geoDb.groups().update(GroupSteps.claimed(placed, 1)));
    }

    @AfterEach
    void stop() {
        living.forEach(one -> TestCluster.get(one.failover().stop()));
        living.forEach(one -> one.backend().close());
        threads.shutdownNow();
    }

    private Living start(Backend self, BreakPolicy policy, boolean takesOver, Optional<FenceCommand> fence)
            throws Exception {
        Topology topology = new Topology("here");
        new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock).step();
        Path state = Files.createDirectories(folder.resolve(self.host().value()));
        TestBackend backend =
                new TestBackend(cluster.geoDb, topology, self, state, TestBackend.nowhere(), (to, its, user) -> {});
        Failover failover = new Failover(
                new Failover.Setup(policy, TestBackend.TIMINGS, Duration.ZERO, takesOver, GroupOfDeath.Rules.DEFAULTS),
                new Failover.Parts(
                        backend.loop,
                        cluster.geoDb,
                        topology,
                        self.host(),
                        backend.ownership::holdsLease,
                        new Nobody(),
                        leads -> {},
                        fence,
                        topology::learn),
                new FailoverMetrics(new PrometheusRegistry()));
        failover.start();
        Living started = new Living(backend, failover);
        living.add(started);
        return started;
    }

    private Living start(Backend self) throws Exception {
        return start(self, LEASE, true, Optional.empty());
    }

    /** With cluster_geodb_outage = fence nobody is asked. */
    private static final class Nobody implements Electors {

        @Override
        public void readElectorate() {}

        @Override
        public void confirmUp(Consumer<LeaseEvent> answered) {
            throw new AssertionError("nobody is to be asked");
        }

        @Override
        public void confirmDown(long renewalBegan, Consumer<LeaseEvent> answered) {
            throw new AssertionError("nobody is to be asked");
        }
    }

    private UserGroup row() {
        return row(group);
    }

    private Lease lease(Backend of) {
        return TestCluster.get(cluster.geoDb.leases().find(new LeaseId.OfBackend(of.id()), ReadLevel.SERIAL))
                .orElseThrow();
    }

    private static BackendState state(Living seenBy, Backend of) {
        BackendFact fact = seenBy.failover().facts().backends().get(of.id());
        return fact == null ? BackendState.UNKNOWN : fact.state();
    }

    @Test
    void theGroupsOfABackendThatStandsStillGoToOneThatLives() throws Exception {
        Living second = start(b2);

        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));

        assertThat(lease(dead).state()).isEqualTo(LeaseState.BROKEN);
        assertThat(state(second, dead)).isEqualTo(BackendState.GONE);
        assertThat(state(second, b2)).isEqualTo(BackendState.UP);
    }

    @Test
    void aBackendThatRenewsKeepsItsGroups() throws Exception {
        Living second = start(b2);
        Living third = start(b3);
        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));
        UserGroup mine = TestCluster.applied(cluster.geoDb
                .groups()
                .createIfAbsent(UserGroup.placed(GroupId.numbered(cluster.here.id(), 2), b3.id(), Optional.empty())));
        Living leader = second.leads() ? second : third;

        long renewals = lease(b3).counter();
        await().atMost(PATIENCE).until(() -> lease(b3).counter() > renewals + 20);

        assertThat(state(leader, b3)).isEqualTo(BackendState.UP);
        assertThat(TestCluster.get(cluster.geoDb.groups().find(mine.id(), ReadLevel.SERIAL)))
                .contains(mine);
    }

    @Test
    void aGroupInHandOverGoesToItsDestinationWhoeverSeesToIt() throws Exception {
        Living third = start(b3);
        await().atMost(PATIENCE).until(() -> third.backend().ownership.status().incarnation() == 1);
        UserGroup proposed = TestCluster.applied(cluster.geoDb
                .groups()
                .update(GroupSteps.proposed(
                        row(), GroupMove.proposed(MoveId.random(), b3.id(), false, "a test", Instant.EPOCH))));
        TestCluster.applied(cluster.geoDb.groups().update(GroupSteps.handedOver(proposed, 1)));
        start(b2);

        await().atMost(PATIENCE).until(() -> !row().backend().equals(dead.id()));

        assertThat(row().owner()).isEqualTo(new GroupOwner(b3.id(), 1));
        assertThat(row().isMoving()).isFalse();
    }

    @Test
    void whereFencingIsAskedForNobodyTakesOverBeforeTheCommandHasSucceeded() throws Exception {
        Path off = folder.resolve("is-off");
        Path calls = folder.resolve("calls");
        Living second = start(b2, FENCED, true, Optional.of(fence("echo $1 >> " + calls + "; test -e " + off)));
        await().atMost(PATIENCE)
                .until(() -> Files.exists(calls) && Files.readAllLines(calls).size() >= 2);

        assertThat(Files.readAllLines(calls)).containsOnly("dead.test");
        assertThat(lease(dead).state()).isEqualTo(LeaseState.BROKEN);
        assertThat(row().backend()).isEqualTo(dead.id());
        assertThat(requireNonNull(second.failover().facts().backends().get(dead.id()))
                        .waitsFor())
                .contains("its lease is broken; the fence command has not succeeded yet");

        Files.createFile(off);
        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));
        assertThat(lease(dead).fenced()).isTrue();
    }

    private FenceCommand fence(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("fence"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new FenceCommand(file, Duration.ofSeconds(10), threads);
    }

    private void mitigation(FeatureState state) {
        TestCluster.applied(cluster.geoDb
                .features()
                .update(SiteFeature.neverSet(cluster.here.id(), Feature.ERROR_MITIGATION)
                        .changedTo(state)));
    }

    /** Two other backends have broken with these groups in the last minutes, one after the other. */
    private void brokeElsewhere(GroupId... groups) {
        for (int number = 1; number <= 2; number++) {
            TestCluster.get(new GroupHolds(cluster.geoDb.automationNotes())
                    .broke(
                            cluster.here.id(),
                            new Breakage(
                                    new BackendId(new UUID(7, number)),
                                    Instant.now().minusSeconds(600L / number),
                                    Set.of(groups))));
        }
    }

    private GroupId owned(int number) {
        GroupId id = GroupId.numbered(cluster.here.id(), number);
        UserGroup placed = TestCluster.applied(
                cluster.geoDb.groups().createIfAbsent(UserGroup.placed(id, dead.id(), Optional.of(b2.id()))));
        TestCluster.applied(cluster.geoDb.groups().update(GroupSteps.claimed(placed, 1)));
        return id;
    }

    private UserGroup row(GroupId id) {
        return TestCluster.get(cluster.geoDb.groups().find(id, ReadLevel.SERIAL))
                .orElseThrow();
    }

    private List<GroupHolds.Hold> holds() {
        return TestCluster.get(new GroupHolds(cluster.geoDb.automationNotes()).all(cluster.here.id()));
    }

    @Test
    void aGroupWithWhichTheThirdBackendBreaksIsNotGivenToAFourthUntilSomebodyMovesIt() throws Exception {
        mitigation(FeatureState.ON);
        brokeElsewhere(group);
        GroupId innocent = owned(2);
        Living second = start(b2);

        await().atMost(PATIENCE).until(() -> row(innocent).backend().equals(b2.id()));
        await().atMost(PATIENCE).until(() -> holds().size() == 1);
        assertThat(row().backend()).isEqualTo(dead.id());
        assertThat(holds()).singleElement().satisfies(hold -> {
            assertThat(hold.group()).isEqualTo(group);
            assertThat(hold.why())
                    .startsWith("3 backends broke with it one after another")
                    .contains("dead.test; it stays where it is until");
        });
        assertThat(TestCluster.get(cluster.geoDb.auditLog().list(Optional.empty(), 10))
                        .rows())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("group.hold");
                    assertThat(entry.target()).isEqualTo("group default-1");
                });
        assertThat(TestCluster.get(new GroupHolds(cluster.geoDb.automationNotes()).breakages(cluster.here.id())))
                .anySatisfy(one -> {
                    assertThat(one.backend()).isEqualTo(dead.id());
                    assertThat(one.groups()).contains(group);
                });
        assertThat(second.failover().facts().leads()).isTrue();

        cluster.advance(Duration.ofSeconds(1));
        TestCluster.get(new GroupHolds(cluster.geoDb.automationNotes()).release(group, Instant.now(), "an operator"));
        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));
        assertThat(holds()).singleElement().matches(GroupHolds.Hold::isReleased);
    }

    @Test
    void inADryRunAGroupOfDeathIsGivenToOthersAllTheSame() throws Exception {
        mitigation(FeatureState.DRYRUN);
        brokeElsewhere(group);
        start(b2);

        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));
        assertThat(holds()).isEmpty();
    }

    @Test
    void aBackendThatWasStoppedInOrderHasNotBroken() throws Exception {
        mitigation(FeatureState.ON);
        brokeElsewhere(group);
        Lease held = lease(dead);
        TestCluster.get(cluster.geoDb.leases().replace(Optional.of(held), held.released()));
        start(b2);

        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));
        assertThat(TestCluster.get(new GroupHolds(cluster.geoDb.automationNotes()).breakages(cluster.here.id())))
                .hasSize(2);
    }

    @Test
    void aHoldThatIsOverIsTakenBack() throws Exception {
        mitigation(FeatureState.ON);
        TestCluster.get(new GroupHolds(cluster.geoDb.automationNotes())
                .write(new GroupHolds.Hold(group, Instant.now().minusSeconds(100_000), false, "of yesterday")));
        start(b2);

        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()) && holds().isEmpty());
    }

    @Test
    void whereEachBackendHasItsOwnStorageItsGroupsStay() throws Exception {
        Living second = start(b2, LEASE, false, Optional.empty());
        await().atMost(PATIENCE).until(() -> state(second, dead) == BackendState.GONE);
        long renewals = lease(b2).counter();
        await().atMost(PATIENCE).until(() -> lease(b2).counter() > renewals + 10);

        assertThat(row().backend()).isEqualTo(dead.id());
    }

    @Test
    void oneSeesToFailoversAndAnotherWhenThatOneStops() throws Exception {
        Living second = start(b2);
        await().atMost(PATIENCE).until(second::leads);
        Living third = start(b3);
        await().atMost(PATIENCE).until(() -> state(third, b2) == BackendState.UP);
        assertThat(third.leads()).isFalse();
        assertThat(third.failover().facts().leader())
                .contains(VoterId.ofBackend(b2.host()).value());

        TestCluster.get(second.failover().stop());

        await().atMost(PATIENCE).until(third::leads);
    }

    @Test
    void whoseOwnDovecotHasEndedLeavesTheDutyToAnotherBeforeItsLeaseIsGivenBack() throws Exception {
        Living second = start(b2);
        await().atMost(PATIENCE).until(second::leads);
        Living third = start(b3);
        await().atMost(PATIENCE)
                .until(() -> state(second, b3) == BackendState.UP && state(third, b2) == BackendState.UP);

        second.backend().guard.gone = false;
        second.backend().guard.ended = true;
        second.backend().ownership.guardChanged();
        await().atMost(PATIENCE).until(third::leads);

        assertThat(lease(b2).state()).isEqualTo(LeaseState.HELD);
        assertThat(second.leads()).isFalse();
        second.backend().guard.gone = true;
        await().atMost(PATIENCE).until(() -> state(third, b2) == BackendState.GONE);
        assertThat(lease(b2).state()).isEqualTo(LeaseState.RELEASED);
    }

    @Test
    void whatIsGivenBackIsTakenOverAtOnce() throws Exception {
        Living second = start(b2);
        await().atMost(PATIENCE).until(() -> second.leads() && state(second, b2) == BackendState.UP);
        Lease held = lease(dead);
        if (held.isHeld()) {
            TestCluster.get(cluster.geoDb.leases().replace(Optional.of(held), held.released()));
        }
        second.failover().released(dead.id());

        await().atMost(PATIENCE).until(() -> row().backend().equals(b2.id()));
    }
}
