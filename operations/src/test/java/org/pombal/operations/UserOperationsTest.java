package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.get;
import static org.pombal.operations.TestCluster.obstacle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;

class UserOperationsTest {

    private static final UserKey ALICE = new UserKey("alice");

    private final TestCluster cluster = new TestCluster();
    private final Site site = cluster.site("lisbon");
    private Backend b1;
    private UserGroup one;
    private UserGroup two;

    @BeforeEach
    void aUserInAGroup() {
        b1 = cluster.online("lisbon", "b1");
        one = cluster.group(site, "default-1", b1);
        two = cluster.group(site, "default-2", b1);
        cluster.user("alice", one.id());
    }

    private UserGroup claim(UserGroup group) {
        return TestCluster.applied(cluster.other.groups().update(GroupSteps.claimed(group, 1)));
    }

    private String refusal(String user, String group) {
        return obstacle(cluster.departures.move(new UserKey(user), Optional.empty(), group, Optional.empty()))
                .message();
    }

    @Test
    void aUserOfAGroupThatNobodyServesMovesAtOnce() {
        StartedUserMove move = done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()));

        assertThat(move.finished()).isTrue();
        assertThat(move.from()).isEqualTo("lisbon/default-1");
        assertThat(move.to()).contains("lisbon/default-2");
        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(two.id());
        assertThat(cluster.group(one.id()).leaving()).isEmpty();
        assertThat(cluster.group(one.id()).epoch()).isEqualTo(3);
    }

    @Test
    void aUserOfAGroupThatABackendServesIsLeftToIt() {
        claim(one);

        StartedUserMove move = done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()));

        assertThat(move.finished()).isFalse();
        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(one.id());
        assertThat(cluster.group(one.id()).leaving()).containsKey(ALICE);
        UserView view = done(cluster.users.status(ALICE));
        assertThat(view.isMoving()).isTrue();
        assertThat(view.why()).contains("leaving for group default-2", "claimed it in its incarnation 1");
        assertThat(done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()))
                        .id())
                .isEqualTo(move.id());
        assertThat(obstacle(cluster.departures.delete(ALICE)).message())
                .contains("is leaving group lisbon/default-1 already");
    }

    @Test
    void whatIsNotThereCannotBeMoved() {
        assertThat(obstacle(cluster.departures.move(
                        new UserKey("nobody"), Optional.empty(), "default-2", Optional.empty())))
                .isInstanceOfSatisfying(Obstacle.NotFound.class, missing -> assertThat(missing.thing())
                        .isEqualTo(Obstacle.Thing.USER));
        assertThat(refusal("alice", "default-9")).contains("has no group 'default-9'");
        assertThat(refusal("alice", "default-1")).contains("is in group lisbon/default-1 already");
        assertThat(obstacle(cluster.departures.move(ALICE, Optional.of("faro"), "default-2", Optional.empty())))
                .isInstanceOf(Obstacle.NotFound.class);
        assertThat(cluster.group(one.id())).isEqualTo(one);
    }

    @Test
    void nobodyMovesIntoOrOutOfAGroupThatMoves() {
        Backend b2 = cluster.online("lisbon", "b2");
        GroupMove move = GroupMove.proposed(MoveId.random(), b2.id(), false, "x", TestCluster.NOW);
        UserGroup moving = TestCluster.applied(cluster.other.groups().update(GroupSteps.proposed(two, move)));
        assertThat(refusal("alice", "default-2")).contains("cannot be moved into it");
        TestCluster.applied(cluster.other.groups().update(GroupSteps.withdrawn(moving)));
        TestCluster.applied(cluster.other.groups().update(GroupSteps.proposed(one, move)));
        assertThat(refusal("alice", "default-2")).contains("cannot leave it");
        assertThat(obstacle(cluster.departures.delete(ALICE)).message()).contains("cannot leave it");
    }

    @Test
    void aUserMovesToAnotherSiteAndGetsAFailoverGroup() {
        Site porto = cluster.site("porto");
        Backend p1 = cluster.online("porto", "p1");
        UserGroup there = cluster.group(porto, "default-1", p1);

        done(cluster.departures.move(ALICE, Optional.of("porto"), "default-1", Optional.of("default-2")));

        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(there.id());
        assertThat(cluster.user("alice").orElseThrow().failover()).contains(two.id());
        UserView view = done(cluster.users.status(ALICE));
        assertThat(view.siteName()).isEqualTo("porto");
        assertThat(view.failoverSiteName()).contains("lisbon");
    }

    @Test
    void aUserLivesOnSitesWithTheSameTagUnlessTheTagChanges() {
        done(cluster.tags.create("gold", Optional.empty()));
        Site porto = done(cluster.sites.add("porto", Optional.empty(), Optional.of("gold"), Optional.empty()))
                .site();
        cluster.group(porto, "default-1", cluster.online("porto", "p1"));

        assertThat(obstacle(cluster.departures.move(ALICE, Optional.of("porto"), "default-1", Optional.empty()))
                        .message())
                .contains("'porto' is for users with tag 'gold'", "one without a tag", "--tag");
        assertThat(toPorto("silver")).isInstanceOf(Outcome.NotDone.class);
        assertThat(toPorto("")).isInstanceOf(Outcome.NotDone.class);
        assertThat(toPorto("gold")).isInstanceOf(Outcome.Done.class);
        assertThat(cluster.user("alice").orElseThrow().home().site()).isEqualTo(porto.id());
        assertThat(obstacle(cluster.departures.move(ALICE, Optional.of("lisbon"), "default-1", Optional.empty()))
                        .message())
                .contains("'lisbon' is for users without a tag");
    }

    private Outcome<StartedUserMove> toPorto(String tag) {
        return TestCluster.get(cluster.departures.move(
                ALICE, Optional.of("porto"), "default-1", Optional.empty(), Optional.of(tag), Precondition.none()));
    }

    @Test
    void aSiteThatIsNotOnlineTakesNoUsersOfOthers() {
        Site porto = cluster.site("porto");
        cluster.group(porto, "default-1", cluster.online("porto", "p1"));
        TestCluster.applied(cluster.other.sites().update(porto.withStatus(SiteStatus.STANDBY)));

        assertThat(obstacle(cluster.departures.move(ALICE, Optional.of("porto"), "default-1", Optional.empty()))
                        .message())
                .contains("'porto' is standby");
    }

    @Test
    void aFailoverGroupNeedsAnotherSite() {
        assertThat(obstacle(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.of("default-1")))
                        .message())
                .contains("there is no other site");
    }

    @Test
    void aDeletedUserIsUnknown() {
        StartedUserMove deleted = done(cluster.departures.delete(ALICE));

        assertThat(deleted.finished()).isTrue();
        assertThat(cluster.user("alice")).isEmpty();
        assertThat(cluster.group(one.id()).leaving()).isEmpty();
        assertThat(obstacle(cluster.departures.delete(ALICE))).isInstanceOf(Obstacle.NotFound.class);
    }

    @Test
    void aBackendThatClaimsTheGroupMeanwhileMayCarryTheDepartureOutToo() {
        cluster.raceAt("updating user " + ALICE, () -> {
            UserGroup claimed = claim(cluster.group(one.id()));
            get(cluster.other.users().update(cluster.user("alice").orElseThrow().movedTo(two.id(), Optional.empty())));
            get(cluster.other.groups().update(GroupSteps.departed(claimed, ALICE)));
        });

        assertThat(done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()))
                        .finished())
                .isTrue();
        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(two.id());
    }

    @Test
    void aDepartureThatWasLeftHalfWayGoesOnWhenAskedForAgain() {
        cluster.refuse(request -> request.what().startsWith("updating user " + ALICE));
        assertThat(obstacle(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()))
                        .message())
                .contains("is written into the row of group lisbon/default-1");
        assertThat(cluster.group(one.id()).leaving()).hasSize(1);

        cluster.refuse(request -> false);
        done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()));
        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(two.id());
        assertThat(cluster.group(one.id()).leaving()).isEmpty();
    }

    @Test
    void whoIsToLeaveIsShownAndStaysIfThatIsTakenBack() {
        claim(one);
        done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()));
        UserMoveView moving = done(cluster.userMoves.find(ALICE));
        assertThat(moving.kind()).isEqualTo(UserMoveView.Kind.MOVE);
        assertThat(moving.step()).isEqualTo(UserMoveView.Step.LEAVING);
        assertThat(moving.target()).contains(two.id());
        assertThat(moving.departure().asked().orElseThrow().by()).isEqualTo("test");

        StartedUserMove back = done(cluster.userMoves.withdraw(ALICE, Precondition.none()));

        assertThat(back.finished()).isFalse();
        assertThat(back.to()).contains("lisbon/default-1");
        assertThat(done(cluster.userMoves.withdraw(ALICE, Precondition.none())).id())
                .as("asked for twice, it is the same")
                .isEqualTo(back.id());
        UserMoveView staying = done(cluster.userMoves.find(ALICE));
        assertThat(staying.kind()).isEqualTo(UserMoveView.Kind.WITHDRAWAL);
        assertThat(staying.step()).isEqualTo(UserMoveView.Step.STAYING);
        assertThat(staying.target()).isEmpty();
        assertThat(done(cluster.users.status(ALICE)).why()).contains("is being taken back");
        assertThat(obstacle(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()))
                        .message())
                .contains("is being taken back");
        assertThat(done(cluster.userMoves.page("lisbon", Optional.empty(), 100)).rows())
                .containsExactly(staying);
    }

    @Test
    void aDepartureThatNobodyCarriesOutIsTakenBackAtOnceAndItsLateChangeIsVoid() {
        User before = cluster.user("alice").orElseThrow();
        cluster.refuse(request -> request.what().startsWith("updating user " + ALICE));
        assertThat(obstacle(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty())))
                .isInstanceOf(Obstacle.Away.class);
        cluster.refuse(request -> false);
        assertThat(done(cluster.userMoves.find(ALICE)).step()).isEqualTo(UserMoveView.Step.UNCLAIMED);

        assertThat(done(cluster.userMoves.withdraw(ALICE, Precondition.none())).finished())
                .isTrue();

        assertThat(cluster.group(one.id()).leaving()).isEmpty();
        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(one.id());
        assertThat(get(cluster.other.users().update(before.movedTo(two.id(), Optional.empty()))))
                .as("what the move had issued comes late")
                .isInstanceOf(Cas.Lost.class);
    }

    @Test
    void whoHasLeftWhileThatIsTakenBackIsNotSaidToStay() {
        claim(one);
        done(cluster.departures.move(ALICE, Optional.empty(), "default-2", Optional.empty()));
        cluster.raceAt("updating user group " + one.id(), () -> {
            get(cluster.other.users().update(cluster.user("alice").orElseThrow().movedTo(two.id(), Optional.empty())));
            get(cluster.other.groups().update(GroupSteps.departed(cluster.group(one.id()), ALICE)));
        });

        assertThat(obstacle(cluster.userMoves.withdraw(ALICE, Precondition.none())))
                .isInstanceOf(Obstacle.Conflict.class);
        assertThat(cluster.user("alice").orElseThrow().home()).isEqualTo(two.id());
        assertThat(obstacle(cluster.userMoves.withdraw(ALICE, Precondition.none()))
                        .message())
                .contains("is not leaving group lisbon/default-2");
        assertThat(obstacle(cluster.userMoves.find(ALICE))).isInstanceOf(Obstacle.NotFound.class);
    }

    @Test
    void aUserIsMovedAndDeletedOnlyAsHeWasSeen() {
        Precondition<User> stale = user -> user.version() == 7;

        assertThat(obstacle(cluster.departures.delete(ALICE, stale))).isInstanceOf(Obstacle.Stale.class);
        assertThat(obstacle(cluster.userMoves.withdraw(ALICE, stale))).isInstanceOf(Obstacle.Stale.class);
        assertThat(cluster.user("alice")).isPresent();
        assertThat(done(cluster.departures.delete(ALICE, user -> user.version() == 1))
                        .finished())
                .isTrue();
    }

    @Test
    void usersAreListedByMaskSiteAndGroup() {
        for (int i = 0; i < 1200; i++) {
            cluster.user("user" + i, two.id());
        }

        assertThat(listed(new UserFilter(Optional.empty(), Optional.empty(), name -> true)))
                .hasSize(1201);
        assertThat(listed(new UserFilter(Optional.empty(), Optional.of("default-1"), name -> true)))
                .containsExactly("alice");
        assertThat(listed(new UserFilter(Optional.of("lisbon"), Optional.empty(), name -> name.startsWith("user1"))))
                .hasSize(311);
        assertThat(obstacle(cluster.users.list(
                        new UserFilter(Optional.of("faro"), Optional.empty(), name -> true),
                        users -> CompletableFuture.completedFuture(null))))
                .isInstanceOf(Obstacle.NotFound.class);
    }

    private List<String> listed(UserFilter filter) {
        List<String> names = new ArrayList<>();
        long count = done(cluster.users.list(filter, users -> {
            users.forEach(user -> names.add(user.user().key().value()));
            return CompletableFuture.completedFuture(null);
        }));
        assertThat(count).isEqualTo(names.size());
        return names;
    }
}
