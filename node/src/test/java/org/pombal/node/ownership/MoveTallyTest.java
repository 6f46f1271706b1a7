package org.pombal.node.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.Urgency;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.Events;

class MoveTallyTest {

    private static final UserKey ANN = new UserKey("ann");
    private static final UserKey BOB = new UserKey("bob");

    private final SiteId site = SiteId.random();
    private final BackendId b1 = BackendId.random();
    private final BackendId b2 = BackendId.random();
    private final BackendId b3 = BackendId.random();
    private final GroupId other = GroupId.numbered(site, 2);
    private final MoveId id = MoveId.random();
    private final UserGroup rest =
            GroupSteps.claimed(UserGroup.placed(GroupId.numbered(site, 1), b1, Optional.of(b2)), 1);
    private final UserGroup proposed =
            GroupSteps.proposed(rest, GroupMove.proposed(id, b2, false, "a test", Instant.EPOCH));
    private final UserGroup handedOver = GroupSteps.handedOver(proposed, 4);

    private final Events events = new Events(
            MoveHistory.class.getName(), "group", "user", "dest_host", "moved_users", "failed_users", "error");
    private final MoveTally tally = new MoveTally(new MoveHistory(
            b1,
            Map.of(b1, "backend1", b2, "backend2", b3, "backend3")::get,
            group -> group.equals(other) ? Optional.of(b2) : Optional.empty()));

    @AfterEach
    void close() {
        events.close();
    }

    private void handOver() {
        tally.changed(Optional.of(rest), proposed);
        tally.wanted(new GroupAction.WriteRemaining(id, Set.of(ANN, BOB)), Optional.of(proposed));
        tally.changed(Optional.of(proposed), handedOver);
    }

    private void letGo(UserKey user) {
        tally.wanted(new GroupAction.EndSessions(user, Urgency.POLITE), Optional.of(handedOver));
        tally.wanted(new GroupAction.EndSessions(user, Urgency.FORCED), Optional.of(handedOver));
        tally.wanted(new GroupAction.WriteDone(id, user), Optional.of(handedOver));
        tally.happened(new GroupEvent.DoneWritten(id, user, false), Optional.of(handedOver));
        tally.happened(new GroupEvent.DoneWritten(id, user, true), Optional.of(handedOver));
    }

    @Test
    void aMoveOfAGroupIsToldWithThoseWhoHadASession() {
        handOver();
        letGo(ANN);
        letGo(BOB);
        tally.changed(Optional.of(handedOver), GroupSteps.committed(handedOver, Optional.of(b1)));

        assertThat(events.all())
                .containsExactly(
                        "event=cluster_user_group_move_started group=default-1 dest_host=backend2",
                        "event=cluster_user_move_started user=ann group=default-1 dest_host=backend2",
                        "event=cluster_user_move_finished user=ann group=default-1 dest_host=backend2",
                        "event=cluster_user_move_started user=bob group=default-1 dest_host=backend2",
                        "event=cluster_user_move_finished user=bob group=default-1 dest_host=backend2",
                        "event=cluster_user_group_move_finished group=default-1 dest_host=backend2 moved_users=2"
                                + " failed_users=0");
    }

    @Test
    void aMoveThatIsTakenBackSaysWhomItCouldNotMove() {
        handOver();
        letGo(ANN);
        tally.changed(Optional.of(handedOver), GroupSteps.takenBack(handedOver));

        assertThat(events.all())
                .last()
                .isEqualTo("event=cluster_user_group_move_finished group=default-1 dest_host=backend2 moved_users=1"
                        + " failed_users=1 error=the destination is gone, taken back");
    }

    @Test
    void aUserWhoseGroupIsTakenBackMeanwhileIsToldToStay() {
        handOver();
        tally.wanted(new GroupAction.EndSessions(ANN, Urgency.POLITE), Optional.of(handedOver));
        tally.changed(Optional.of(handedOver), GroupSteps.takenBack(handedOver));

        assertThat(events.all())
                .contains("event=cluster_user_move_finished user=ann group=default-1 dest_host=backend2"
                        + " error=withdrawn or taken back");
    }

    @Test
    void aGroupThatAThirdBackendTakesIsNotCalledMoved() {
        handOver();
        letGo(ANN);
        tally.changed(
                Optional.of(handedOver), GroupSteps.claimed(UserGroup.placed(rest.id(), b3, Optional.empty()), 9));

        assertThat(events.all())
                .last()
                .isEqualTo("event=cluster_user_group_move_finished group=default-1 dest_host=backend2 moved_users=1"
                        + " failed_users=1 error=taken over by backend3");
    }

    @Test
    void theNextMoveCountsAnew() {
        handOver();
        UserGroup back = GroupSteps.takenBack(handedOver);
        tally.changed(Optional.of(handedOver), back);
        UserGroup again =
                GroupSteps.proposed(back, GroupMove.proposed(MoveId.random(), b2, false, "a test", Instant.EPOCH));
        tally.changed(Optional.of(back), again);
        tally.changed(Optional.of(again), GroupSteps.withdrawn(again));

        assertThat(events.all())
                .last()
                .isEqualTo("event=cluster_user_group_move_finished group=default-1 dest_host=backend2 moved_users=0"
                        + " failed_users=0 error=withdrawn");
    }

    @Test
    void aRestartedNodeGoesOnCountingWhereItsPredecessorWas() {
        tally.changed(Optional.empty(), handedOver);
        tally.happened(new GroupEvent.ProgressRead(id, Set.of(ANN, BOB), Set.of(ANN)), Optional.of(handedOver));
        letGo(BOB);
        tally.changed(Optional.of(handedOver), GroupSteps.committed(handedOver, Optional.of(b1)));

        assertThat(events.all())
                .last()
                .asString()
                .contains("cluster_user_group_move_finished", "moved_users=2 failed_users=0");
    }

    @Test
    void aUserWhoLeavesForAnotherGroupIsToldWithItsBackend() {
        Departure departure = Departure.to(id, other, Optional.empty());
        UserGroup leaving = GroupSteps.registered(rest, ANN, departure);
        tally.changed(Optional.of(rest), leaving);
        tally.wanted(new GroupAction.EndSessions(ANN, Urgency.POLITE), Optional.of(leaving));
        tally.left(leaving, User.firstSeen(ANN, rest.id()), departure);

        assertThat(events.all())
                .containsExactly(
                        "event=cluster_user_move_started user=ann group=default-1 dest_host=backend2",
                        "event=cluster_user_move_finished user=ann group=default-1 dest_host=backend2");
    }

    @Test
    void aUserWhoIsDeletedGoesNowhere() {
        Departure departure = Departure.deletion(id);
        UserGroup leaving = GroupSteps.registered(rest, ANN, departure);
        tally.changed(Optional.of(rest), leaving);
        tally.left(leaving, User.firstSeen(ANN, rest.id()), departure);

        assertThat(events.all())
                .containsExactly(
                        "event=cluster_user_move_started user=ann group=default-1",
                        "event=cluster_user_move_finished user=ann group=default-1");
    }
}
