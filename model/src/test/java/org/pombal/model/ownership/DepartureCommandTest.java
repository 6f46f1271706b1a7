package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.DepartureCommand.Obstacle;
import org.pombal.model.ownership.DepartureCommand.Step;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class DepartureCommandTest {

    private static final SiteId SITE = SiteId.random();
    private static final GroupId TARGET = GroupId.numbered(SITE, 2);
    private static final UserKey ANN = new UserKey("ann");

    private final DepartureCommand command = new DepartureCommand(HandOverRules.PROTOCOL);
    private final UserGroup row = UserGroup.placed(GroupId.numbered(SITE, 1), BackendId.random(), Optional.empty());
    private final Departure move = Departure.to(MoveId.random(), TARGET, Optional.empty());
    private final UserGroup registered = GroupSteps.registered(row, ANN, move);

    @Test
    void aDepartureIsWrittenIntoTheGroupsRowFirst() {
        assertThat(command.next(row, ANN, move)).isEqualTo(new Step.Register(registered));
    }

    @Test
    void whereNobodyHasClaimedTheGroupTheCommandCarriesItOut() {
        assertThat(command.next(registered, ANN, move)).isEqualTo(new Step.CarryOut(move));
    }

    @Test
    void anOwnersUsersAreLeftToTheOwner() {
        assertThat(command.next(GroupSteps.claimed(registered, 1), ANN, move)).isEqualTo(new Step.LeaveToOwner(move));
    }

    @Test
    void whatWasLeftHalfWayGoesOn() {
        Departure again = Departure.to(MoveId.random(), TARGET, Optional.empty());

        assertThat(command.next(registered, ANN, again)).isEqualTo(new Step.CarryOut(move));
    }

    @Test
    void nobodyLeavesForTwoPlaces() {
        assertThat(command.next(registered, ANN, Departure.deletion(MoveId.random())))
                .isEqualTo(new Step.Refuse(Obstacle.LEAVES_OTHERWISE));
    }

    @Test
    void nobodyLeavesAGroupThatMoves() {
        GroupMove away = GroupMove.proposed(MoveId.random(), BackendId.random(), false, "test", Instant.EPOCH);

        assertThat(command.next(GroupSteps.proposed(row, away), ANN, move))
                .isEqualTo(new Step.Refuse(Obstacle.GROUP_MOVES));
    }

    @Test
    void aRowHoldsSoManyDeparturesOnly() {
        UserGroup full = row;
        for (int i = 0; i < UserGroup.MAX_LEAVING; i++) {
            full = GroupSteps.registered(full, new UserKey("user" + i), move);
        }

        assertThat(command.next(full, ANN, move)).isEqualTo(new Step.Refuse(Obstacle.TOO_MANY_LEAVE));
    }

    @Test
    void aDepartureIsTakenBackByAnotherInItsPlace() {
        Departure stay = Departure.stay(MoveId.random(), row.id());
        UserGroup staying = GroupSteps.staying(registered, ANN, stay);

        assertThat(command.withdraw(registered, ANN, stay)).isEqualTo(new Step.Register(staying));
        assertThat(command.withdraw(staying, ANN, Departure.stay(MoveId.random(), row.id())))
                .isEqualTo(new Step.CarryOut(stay));
        assertThat(command.withdraw(GroupSteps.claimed(staying, 1), ANN, stay)).isEqualTo(new Step.LeaveToOwner(stay));
        assertThat(command.next(staying, ANN, move)).isEqualTo(new Step.Refuse(Obstacle.LEAVES_OTHERWISE));
        assertThat(User.firstSeen(ANN, row.id()).after(stay)).contains(User.firstSeen(ANN, row.id()));
    }

    @Test
    void nothingIsTakenBackThatIsDoneOrGoesElsewhereWithTheGroup() {
        Departure stay = Departure.stay(MoveId.random(), row.id());
        GroupMove away = GroupMove.proposed(MoveId.random(), BackendId.random(), false, "test", Instant.EPOCH);

        assertThat(command.withdraw(row, ANN, stay)).isEqualTo(new Step.Refuse(Obstacle.DOES_NOT_LEAVE));
        assertThat(command.withdraw(GroupSteps.proposed(registered, away), ANN, stay))
                .isEqualTo(new Step.Refuse(Obstacle.GROUP_MOVES));
    }

    @Test
    void onlyTheDepartureThatWasCarriedOutIsForgotten() {
        assertThat(DepartureCommand.forget(registered, ANN, move)).contains(GroupSteps.departed(registered, ANN));
        assertThat(DepartureCommand.forget(registered, ANN, Departure.deletion(MoveId.random())))
                .isEmpty();
        assertThat(DepartureCommand.forget(row, ANN, move)).isEmpty();
    }

    @Test
    void aUserHasLeftWhoIsElsewhereOrNowhere() {
        User ann = User.firstSeen(ANN, row.id());

        assertThat(User.hasLeft(row.id(), Optional.of(ann))).isFalse();
        assertThat(User.hasLeft(row.id(), ann.after(move))).isTrue();
        assertThat(User.hasLeft(row.id(), ann.after(Departure.deletion(MoveId.random()))))
                .isTrue();
    }
}
