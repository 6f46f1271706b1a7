package org.pombal.model.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

final class GroupStepsTest {

    private static final UserKey USER = new UserKey("alice");

    private final BackendId source = BackendId.random();
    private final BackendId dest = BackendId.random();
    private final UserGroup placed =
            UserGroup.placed(GroupId.numbered(SiteId.random(), 1), source, Optional.of(BackendId.random()));
    private final UserGroup claimed = GroupSteps.claimed(placed, 5);
    private final UserGroup proposed =
            GroupSteps.proposed(claimed, GroupMove.proposed(MoveId.random(), dest, false, "a test", Instant.EPOCH));
    private final UserGroup handedOver = GroupSteps.handedOver(proposed, 9);

    @Test
    void aMoveEndsWithTheDestinationAsOwnerUnderTheIncarnationOfTheHandOver() {
        UserGroup committed = GroupSteps.committed(handedOver, Optional.of(source));

        assertThat(committed.owner()).isEqualTo(new GroupOwner(dest, 9));
        assertThat(committed.isMoving()).isFalse();
        assertThat(committed.failover()).contains(source);
    }

    @Test
    void whoMayServeIsTheOwnerThatHasClaimedAndInAHandOverTheDestinationToo() {
        assertThat(placed.servers()).isEmpty();
        assertThat(proposed.servers()).containsExactly(new GroupOwner(source, 5));
        assertThat(handedOver.servers()).containsExactly(new GroupOwner(source, 5), new GroupOwner(dest, 9));
    }

    @Test
    void everyStepMakesTheEpochOneGreater() {
        assertThat(claimed.epoch()).isEqualTo(2);
        assertThat(proposed.epoch()).isEqualTo(3);
        assertThat(GroupSteps.withdrawn(proposed).epoch()).isEqualTo(4);
        assertThat(handedOver.epoch()).isEqualTo(4);
        assertThat(GroupSteps.accepted(handedOver, 10).epoch()).isEqualTo(5);
        assertThat(GroupSteps.takenBack(handedOver).epoch()).isEqualTo(5);
        assertThat(GroupSteps.takenOver(handedOver, source, Optional.empty()).epoch())
                .isEqualTo(5);
        assertThat(GroupSteps.withSticky(claimed, true, true).epoch()).isEqualTo(3);
    }

    @Test
    void afterTheHandOverThereIsNoWayBackByWithdrawing() {
        assertThatThrownBy(() -> GroupSteps.withdrawn(handedOver)).hasMessageContaining("no move is proposed");
    }

    @Test
    void aGroupIsClaimedOnlyUnderALaterIncarnationAndNotInHandOver() {
        assertThatThrownBy(() -> GroupSteps.claimed(claimed, 5)).hasMessageContaining("incarnation 5");
        assertThatThrownBy(() -> GroupSteps.claimed(claimed, 4)).hasMessageContaining("incarnation 5");
        assertThatThrownBy(() -> GroupSteps.claimed(handedOver, 6)).hasMessageContaining("hand-over");
        assertThat(GroupSteps.claimed(proposed, 6).move()).isEqualTo(proposed.move());
    }

    @Test
    void aGroupThatMovesTakesNoSecondMoveAndLetsNoUserGo() {
        GroupMove second = GroupMove.proposed(MoveId.random(), BackendId.random(), false, "a test", Instant.EPOCH);

        assertThatThrownBy(() -> GroupSteps.proposed(proposed, second)).hasMessageContaining("moves already");
        assertThatThrownBy(() -> GroupSteps.registered(proposed, USER, Departure.deletion(MoveId.random())))
                .hasMessageContaining("it moves");
    }

    @Test
    void aGroupDoesNotMoveToWhereItIs() {
        GroupMove nowhere = GroupMove.proposed(MoveId.random(), source, false, "a test", Instant.EPOCH);

        assertThatThrownBy(() -> GroupSteps.proposed(claimed, nowhere)).hasMessageContaining("there already");
    }

    @Test
    void usersThatAreLeavingStayOnTheListWhenTheOwnerChanges() {
        UserGroup leaving = GroupSteps.registered(claimed, USER, Departure.deletion(MoveId.random()));

        assertThat(GroupSteps.takenOver(leaving, dest, Optional.empty()).leaving())
                .containsOnlyKeys(USER);
        assertThat(GroupSteps.departed(leaving, USER).leaving()).isEmpty();
        assertThatThrownBy(() -> GroupSteps.registered(leaving, USER, Departure.deletion(MoveId.random())))
                .hasMessageContaining("leaving it already");
    }

    @Test
    void aHandOverThatIsTakenOverGoesToItsDestinationOrToAnUnclaimedOther() {
        BackendId third = BackendId.random();

        assertThat(GroupSteps.committed(handedOver, Optional.empty()).owner().isClaimed())
                .isTrue();
        assertThat(GroupSteps.takenOver(handedOver, third, Optional.empty()).owner())
                .isEqualTo(GroupOwner.unclaimed(third));
    }
}
