package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.get;
import static org.pombal.operations.TestCluster.obstacle;
import static org.pombal.operations.TestCluster.warnings;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.memory.FaultPlan.Kind;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseState;
import org.pombal.model.site.Site;

class BackendOperationsTest {

    private static final HostName B1 = new HostName("b1");
    private static final HostName B2 = new HostName("b2");

    private final TestCluster cluster = new TestCluster();
    private Site site = cluster.site("lisbon");
    private Backend b1;
    private Backend b2;

    @BeforeEach
    void twoBackends() {
        b1 = cluster.online("lisbon", "b1");
        b2 = cluster.online("lisbon", "b2");
    }

    private UserGroup onB1(String name) {
        return cluster.group(site, name, b1);
    }

    private void propose(UserGroup group, Backend dest) {
        TestCluster.applied(cluster.other
                .groups()
                .update(GroupSteps.proposed(
                        group, GroupMove.proposed(MoveId.random(), dest.id(), false, "other", TestCluster.NOW))));
    }

    @Test
    void aBackendIsAddedInStandbyWhenItsNameResolves() {
        BackendView added = done(cluster.backends.add("lisbon", new HostName("b3"), Optional.empty()));

        assertThat(added.backend().status()).isEqualTo(BackendStatus.STANDBY);
        assertThat(done(cluster.backends.list(Optional.of("lisbon")))).hasSize(3);
        assertThat(obstacle(cluster.backends.add("lisbon", new HostName("nowhere"), Optional.empty()))
                        .message())
                .contains("'nowhere' does not resolve");
        assertThat(obstacle(cluster.backends.add("porto", new HostName("b4"), Optional.empty())))
                .isInstanceOf(Obstacle.NotFound.class);
        assertThat(obstacle(cluster.backends.add("lisbon", B1, Optional.empty()))
                        .message())
                .contains(b1.id().toString());
        assertThat(done(cluster.backends.list(Optional.empty()))).hasSize(3);
    }

    @Test
    void aBackendIsRemovedOnlyWithoutGroupsOnItOrOnTheirWay() {
        onB1("default-1");
        propose(cluster.group(site, "default-2", b2), b1);

        assertThat(obstacle(cluster.backends.remove(B1, false)).message())
                .contains("2 groups (default-1, default-2 on its way)", "--force");
        assertThat(warnings(cluster.backends.remove(B1, true)))
                .singleElement()
                .asString()
                .contains(b1.id().toString());
        assertThat(obstacle(cluster.backends.status(B1))).isInstanceOf(Obstacle.NotFound.class);

        BackendView again = done(cluster.backends.add("lisbon", B1, Optional.of(b1.id())));
        assertThat(again.backend().id()).isEqualTo(b1.id());
        assertThat(again.backend().status()).isEqualTo(BackendStatus.STANDBY);
        assertThat(done(cluster.backends.status(B1)).groups()).isEqualTo(1);
    }

    @Test
    void statusCountsGroupsAndTellsTheShare() {
        onB1("default-1");
        propose(onB1("default-2"), b2);
        done(cluster.backends.update(B2, Optional.empty(), Optional.of(new LoadFactor(50))));

        BackendLoad load = done(cluster.backends.status(B1));
        assertThat(load.groups()).isEqualTo(2);
        assertThat(load.movingOut()).isEqualTo(1);
        assertThat(load.share()).isBetween(66.6, 66.7);
        assertThat(done(cluster.backends.status(B2)).movingIn()).isEqualTo(1);
        assertThat(done(cluster.backends.loads(Optional.of("lisbon"))))
                .containsExactlyInAnyOrder(load, done(cluster.backends.status(B2)));
    }

    @Test
    void ofTwoUpdatesOfABackendTheSecondIsTold() {
        cluster.raceAt(
                "updating backend", () -> get(cluster.other.backends().update(b1.withLoadFactor(new LoadFactor(7)))));

        Obstacle obstacle = obstacle(cluster.backends.update(B1, Optional.of(BackendStatus.OFFLINE), Optional.empty()));
        assertThat(obstacle).isInstanceOf(Obstacle.Conflict.class);
        assertThat(obstacle.message()).contains("load factor 7");
    }

    @Test
    void evacuationDrainsAndProposesAMoveForEachGroupStickyOnesToo() {
        onB1("default-1");
        TestCluster.applied(cluster.other.groups().update(GroupSteps.withSticky(onB1("default-2"), true, false)));
        propose(onB1("default-3"), b2);
        propose(cluster.group(site, "default-4", b2), b1);

        assertThat(done(cluster.evacuation.start(B1, true, Progress.NONE)))
                .extracting(move -> move.group().id().name())
                .containsExactly("default-1", "default-2");
        assertThat(done(cluster.backends.status(B1)).view().backend().status()).isEqualTo(BackendStatus.ONLINE);

        Outcome<List<StartedMove>> outcome = get(cluster.evacuation.start(B1, false, Progress.NONE));

        List<StartedMove> moves = ((Outcome.Done<List<StartedMove>>) outcome).value();
        assertThat(moves).extracting(StartedMove::to).containsExactly("b2", "b2");
        assertThat(moves).allMatch(move -> !move.group().move().orElseThrow().lazy());
        assertThat(((Outcome.Done<?>) outcome).warnings())
                .anyMatch(warning -> warning.contains("1 of the groups are sticky"))
                .anyMatch(warning -> warning.contains("1 groups were on their way"))
                .anyMatch(warning -> warning.contains("default-4 to it is withdrawn"));
        Backend drained = done(cluster.backends.status(B1)).view().backend();
        assertThat(drained.status()).isEqualTo(BackendStatus.STANDBY);
        assertThat(drained.loadFactor()).isEqualTo(LoadFactor.DRAIN);
        assertThat(done(cluster.evacuation.start(B1, false, Progress.NONE))).isEmpty();
    }

    @Test
    void aBackendIsNotEvacuatedToNowhere() {
        onB1("default-1");
        done(cluster.backends.update(B2, Optional.of(BackendStatus.STANDBY), Optional.empty()));

        assertThat(obstacle(cluster.evacuation.start(B1, false, Progress.NONE)).message())
                .contains("nowhere to go", "nothing was changed");
        assertThat(done(cluster.backends.status(B1)).view().backend().status()).isEqualTo(BackendStatus.ONLINE);
    }

    @Test
    void whenGeoDbGoesAwayDuringAnEvacuationItIsSaidHowFarItGot() {
        onB1("default-1");
        cluster.refuse(request ->
                request.kind() == Kind.COMPARE_AND_SET && request.what().startsWith("updating user group"));

        assertThat(obstacle(cluster.evacuation.start(B1, false, Progress.NONE)).message())
                .contains("done before: backend b1 is standby with load factor 0");
    }

    @Test
    void aGroupMovesOnlyToAnOnlineBackendOfItsSiteAndOnlyFromRest() {
        UserGroup group = onB1("default-1");
        cluster.site("porto");
        cluster.online("porto", "p1");

        assertThat(message("default-1", "p1")).contains("is not of site 'lisbon'");
        assertThat(message("default-1", "b1")).contains("is on backend 'b1' already");
        assertThat(message("default-1", "b9")).contains("there is no backend 'b9'");
        assertThat(message("default-9", "b2")).contains("has no group 'default-9'");
        done(cluster.backends.update(B2, Optional.of(BackendStatus.OFFLINE), Optional.empty()));
        assertThat(message("default-1", "b2")).contains("is offline");
        done(cluster.backends.update(B2, Optional.of(BackendStatus.ONLINE), Optional.empty()));
        assertThat(cluster.group(group.id())).isEqualTo(group);

        StartedMove move = done(cluster.groups.move("lisbon", "default-1", B2, false));
        assertThat(move.from()).isEqualTo("b1");
        assertThat(cluster.group(group.id()).move().map(GroupMove::id)).isEqualTo(move.id());
        assertThat(message("default-1", "b2")).contains("moves already");
    }

    private String message(String group, String host) {
        return obstacle(cluster.groups.move("lisbon", group, new HostName(host), false))
                .message();
    }

    @Test
    void ofTwoMovesOfAGroupTheSecondIsTold() {
        UserGroup group = onB1("default-1");
        cluster.raceAt("updating user group", () -> propose(group, b2));

        assertThat(obstacle(cluster.groups.move("lisbon", "default-1", B2, false)))
                .isInstanceOf(Obstacle.Conflict.class);
    }

    @Test
    void aDirectMoveOfAGroupInServiceSaysThatThePromiseIsSuspended() {
        UserGroup group = cluster.claimed(onB1("default-1"), 2);
        cluster.lease(b1, 2, LeaseState.HELD);

        List<String> audit =
                AuditLog.of(() -> assertThat(warnings(cluster.groups.move("lisbon", "default-1", B2, true)))
                        .singleElement()
                        .asString()
                        .contains("is suspended for sessions that are open on b1 now"));

        assertThat(audit).singleElement().asString().contains("default-1", "two backends may serve a user");
        assertThat(cluster.group(group.id()).backend()).isEqualTo(b2.id());
        assertThat(cluster.group(group.id()).owner().isClaimed()).isFalse();
        assertThat(cluster.group(group.id()).failover()).contains(b1.id());
    }

    @Test
    void aDirectMoveOfAGroupThatNobodyServesSuspendsNothing() {
        cluster.claimed(onB1("default-1"), 2);
        cluster.lease(b1, 2, LeaseState.BROKEN);

        assertThat(warnings(cluster.groups.move("lisbon", "default-1", B2, true)))
                .containsExactly("nobody was moved: no backend serves the group");
    }

    @Test
    void aBackendThatServesIsNotRemovedByForceEither() {
        cluster.claimed(onB1("default-1"), 2);
        onB1("default-2");
        cluster.lease(b1, 2, LeaseState.HELD);

        assertThat(obstacle(cluster.backends.remove(B1, true)).message())
                .contains(
                        "2 groups (default-1, default-2)", "1 group (default-1) may have sessions now", "stop Dovecot");
        assertThat(done(cluster.backends.status(B1)).groups()).isEqualTo(2);
    }

    @Test
    void aBackendThatIsOnlyTheDestinationOfAHandOverIsNotRemovedByForceEither() {
        UserGroup group = cluster.claimed(cluster.group(site, "default-1", b2), 1);
        propose(group, b1);
        TestCluster.applied(cluster.other.groups().update(GroupSteps.handedOver(cluster.group(group.id()), 4)));
        cluster.lease(b2, 1, LeaseState.BROKEN);
        cluster.lease(b1, 4, LeaseState.HELD);

        assertThat(obstacle(cluster.backends.remove(B1, true)).message()).contains("may have sessions now");
    }

    @Test
    void aBackendWhoseLeaseIsGivenBackIsRemovedByForceAndThatIsAudited() {
        cluster.claimed(onB1("default-1"), 2);
        cluster.lease(b1, 2, LeaseState.RELEASED);

        List<String> audit = AuditLog.of(() -> done(cluster.backends.remove(B1, true)));

        assertThat(audit).singleElement().asString().contains("b1", "past the safety checks");
    }

    @Test
    void statusTellsTheLease() {
        assertThat(done(cluster.backends.status(B1)).lease()).isEmpty();
        Lease lease = cluster.lease(b1, 2, LeaseState.HELD);

        assertThat(done(cluster.backends.status(B1)).lease()).contains(lease);
    }

    @Test
    void stickyFlagsAreChangedOneByOne() {
        onB1("default-1");

        done(cluster.groups.setSticky("lisbon", "default-1", Optional.of(true), Optional.empty()));
        GroupView view = done(cluster.groups.setSticky("lisbon", "default-1", Optional.empty(), Optional.of(true)));

        assertThat(view.group().stickyBackend()).isTrue();
        assertThat(view.group().stickyUsers()).isTrue();
        assertThat(view.why()).contains("b1", "epoch 3");
    }
}
