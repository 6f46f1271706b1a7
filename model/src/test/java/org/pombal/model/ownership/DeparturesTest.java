package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.placement.User;

class DeparturesTest extends KeeperFixture {

    /** The user may have left by its predecessor's work, and be back. */
    @Test
    void aRestartedOwnerMakesTheRowOneEpochOlderBeforeItCarriesOutADeparture() {
        Departure deletion = Departure.deletion(MoveId.random());
        UserGroup row = GroupSteps.registered(owned(SELF, 3), ANN, deletion);
        after(0, new GroupEvent.LeaseHeld(3, true));
        List<GroupAction> actions = after(1, new GroupEvent.RowRead(Optional.of(row)));
        assertThat(actions).noneMatch(GroupAction.Flush.class::isInstance);
        assertThat(written(actions)).isEqualTo(GroupSteps.confirmed(row));

        List<GroupAction> late = after(1, new GroupEvent.RowLost(Optional.of(GroupSteps.departed(row, ANN))));

        assertThat(late).noneMatch(GroupAction.Flush.class::isInstance);
    }

    @Test
    void whoLeavesIsServedByNobodyUntilTheRowsSaySo() {
        GroupId target = GroupId.numbered(ID.site(), 2);
        MoveId move = MoveId.random();
        Departure departure = Departure.to(move, target, Optional.empty());
        book.sessions.add(ANN);
        owns(GroupSteps.registered(owned(SELF, 3), ANN, departure), false);
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(keeper.judge(BOB, false)).isEqualTo(Verdict.SERVE);

        book.sessions.clear();
        assertThat(after(1, new GroupEvent.SessionsChanged())).contains(new GroupAction.Flush(move, ANN));
        assertThat(after(1, new GroupEvent.Flushed(move, ANN, true))).contains(new GroupAction.ReadUser(move, ANN));
        User row = User.firstSeen(ANN, ID);
        assertThat(after(1, new GroupEvent.UserRead(move, ANN, Optional.of(row))))
                .as("the entry must still have stood when the user's row was read")
                .containsExactly(new GroupAction.ReadRow());
        assertThat(stillStands()).contains(new GroupAction.WriteUser(row, departure));

        assertThat(written(after(1, new GroupEvent.UserWritten(move, ANN))).leaving())
                .isEmpty();
    }

    /** Else the change of the row, of unknown outcome, could come when the user is served again. */
    @Test
    void whoStaysAfterAllIsServedWhenTheUsersRowIsWrittenAsItIs() {
        Departure departure = Departure.to(MoveId.random(), GroupId.numbered(ID.site(), 2), Optional.empty());
        Departure stay = Departure.stay(MoveId.random(), ID);
        User row = User.firstSeen(ANN, ID);
        owns(GroupSteps.registered(owned(SELF, 3), ANN, departure), false);
        after(1, new GroupEvent.Flushed(departure.id(), ANN, true));
        after(1, new GroupEvent.UserRead(departure.id(), ANN, Optional.of(row)));
        assertThat(stillStands()).contains(new GroupAction.WriteUser(row, departure));

        after(1, new GroupEvent.Look());
        UserGroup staying = GroupSteps.staying(keeper.row().orElseThrow(), ANN, stay);
        assertThat(after(1, new GroupEvent.RowRead(Optional.of(staying))))
                .contains(new GroupAction.ReadUser(stay.id(), ANN));
        assertThat(after(1, new GroupEvent.UserWritten(departure.id(), ANN)))
                .as("what became of the departure says nothing any more")
                .isEmpty();
        after(1, new GroupEvent.UserRead(stay.id(), ANN, Optional.of(row)));
        assertThat(stillStands()).contains(new GroupAction.WriteUser(row, stay));
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);

        assertThat(written(after(1, new GroupEvent.UserWritten(stay.id(), ANN))).leaving())
                .isEmpty();
    }

    @Test
    void whoStaysAfterAllKeepsTheSessions() {
        book.sessions.add(ANN);
        Departure stay = Departure.stay(MoveId.random(), ID);
        Departure deletion = Departure.deletion(MoveId.random());

        after(0, new GroupEvent.LeaseHeld(3, false));
        UserGroup staying = GroupSteps.staying(GroupSteps.registered(owned(SELF, 3), ANN, deletion), ANN, stay);

        assertThat(after(1, new GroupEvent.RowRead(Optional.of(staying))))
                .contains(new GroupAction.ReadUser(stay.id(), ANN))
                .noneMatch(GroupAction.EndSessions.class::isInstance);
    }

    @Test
    void aLoginThatWasLetInBecomesASessionBeforeItsUserLeaves() {
        Departure departure = Departure.deletion(MoveId.random());
        book.pending.add(ANN);
        owns(GroupSteps.registered(owned(SELF, 3), ANN, departure), false);
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(keeper.judge(ANN, true)).isEqualTo(Verdict.SERVE);

        assertThat(after(OwnershipTimings.DEFAULT.pending().toMillis(), new GroupEvent.Tick()))
                .contains(new GroupAction.Flush(departure.id(), ANN));
        assertThat(keeper.judge(ANN, true)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void anOwnerOfManyLeaversWantsNoTickWhileItWaitsForTheRow() {
        Departure deletion = Departure.deletion(MoveId.random());
        owns(GroupSteps.registered(GroupSteps.registered(owned(SELF, 3), ANN, deletion), BOB, deletion), false);
        after(1, new GroupEvent.Flushed(deletion.id(), ANN, true));
        assertThat(written(after(1, new GroupEvent.UserRead(deletion.id(), ANN, Optional.empty())))
                        .leaving())
                .containsOnlyKeys(BOB);
        after(1, new GroupEvent.Flushed(deletion.id(), BOB, false));

        assertThat(after(300, new GroupEvent.Tick())).contains(new GroupAction.Flush(deletion.id(), BOB));
        assertThat(keeper.nextTick()).isGreaterThan(now);
    }

    @Test
    void aFormerOwnerWantsNoTickForWhoWasLeaving() {
        Departure deletion = Departure.deletion(MoveId.random());
        owns(GroupSteps.registered(owned(SELF, 3), ANN, deletion), false);
        after(1, new GroupEvent.Flushed(deletion.id(), ANN, false));
        after(1, new GroupEvent.Look());
        after(
                1,
                new GroupEvent.RowRead(
                        Optional.of(GroupSteps.takenOver(keeper.row().orElseThrow(), OTHER, Optional.empty()))));

        assertThat(keeper.nextTick()).isGreaterThan(now + Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aLateAnswerToAnEarlierDepartureSaysNothing() {
        Departure deletion = Departure.deletion(MoveId.random());
        owns(GroupSteps.registered(owned(SELF, 3), ANN, deletion), false);

        assertThat(after(1, new GroupEvent.Flushed(MoveId.random(), ANN, true))).isEmpty();
        assertThat(after(1, new GroupEvent.Flushed(deletion.id(), ANN, true)))
                .contains(new GroupAction.ReadUser(deletion.id(), ANN));
        assertThat(after(1, new GroupEvent.UserRead(MoveId.random(), ANN, Optional.empty())))
                .isEmpty();
        assertThat(written(after(1, new GroupEvent.UserRead(deletion.id(), ANN, Optional.empty())))
                        .leaving())
                .isEmpty();
    }

    @Test
    void sessionsAreEndedEverMoreUrgently() {
        book.sessions.add(ANN);
        owns(GroupSteps.registered(owned(SELF, 3), ANN, Departure.deletion(MoveId.random())), false);
        List<Urgency> urgencies = new ArrayList<>();
        for (int tick = 0; tick < 30; tick++) {
            for (GroupAction action : after(100, new GroupEvent.Tick())) {
                if (action instanceof GroupAction.EndSessions end) {
                    urgencies.add(end.urgency());
                }
            }
        }

        assertThat(urgencies).startsWith(Urgency.FIRM, Urgency.FORCED, Urgency.FORCED);
    }

    /** What it has read of the user may be what others have written since. */
    @Test
    void aFormerOwnerDoesNotCarryADepartureOutThatOthersHaveSeenTo() {
        Departure departure = Departure.to(MoveId.random(), GroupId.numbered(ID.site(), 2), Optional.empty());
        owns(GroupSteps.registered(owned(SELF, 3), ANN, departure), false);
        after(1, new GroupEvent.Flushed(departure.id(), ANN, true));
        assertThat(after(1, new GroupEvent.UserRead(departure.id(), ANN, Optional.of(User.firstSeen(ANN, ID)))))
                .containsExactly(new GroupAction.ReadRow());

        UserGroup takenOver = GroupSteps.takenOver(keeper.row().orElseThrow(), OTHER, Optional.empty());
        assertThat(after(1, new GroupEvent.RowRead(Optional.of(GroupSteps.departed(takenOver, ANN)))))
                .isEmpty();
        assertThat(after(5_000, new GroupEvent.Tick())).isEmpty();
    }

    @Test
    void aReadingOfTheRowThatWasAskedForBeforeTheUserWasReadConfirmsNothing() {
        Departure departure = Departure.to(MoveId.random(), GroupId.numbered(ID.site(), 2), Optional.empty());
        User row = User.firstSeen(ANN, ID);
        owns(GroupSteps.registered(owned(SELF, 3), ANN, departure), false);
        after(1, new GroupEvent.Flushed(departure.id(), ANN, true));
        assertThat(after(1, new GroupEvent.Look())).containsExactly(new GroupAction.ReadRow());
        assertThat(after(1, new GroupEvent.UserRead(departure.id(), ANN, Optional.of(row))))
                .isEmpty();

        assertThat(stillStands()).containsExactly(new GroupAction.ReadRow());
        assertThat(stillStands()).contains(new GroupAction.WriteUser(row, departure));
    }

    @Test
    void aConfirmationThatIsNotAnsweredIsAskedForAgain() {
        Departure departure = Departure.to(MoveId.random(), GroupId.numbered(ID.site(), 2), Optional.empty());
        owns(GroupSteps.registered(owned(SELF, 3), ANN, departure), false);
        after(1, new GroupEvent.Flushed(departure.id(), ANN, true));
        after(1, new GroupEvent.UserRead(departure.id(), ANN, Optional.of(User.firstSeen(ANN, ID))));

        assertThat(after(1, new GroupEvent.RowReadFailed())).isEmpty();
        long retry = keeper.nextTick();

        assertThat(retry).isGreaterThan(now);
        assertThat(after(Duration.ofNanos(retry - now).toMillis() + 1, new GroupEvent.Tick()))
                .containsExactly(new GroupAction.ReadRow());
    }

    private List<GroupAction> stillStands() {
        return after(1, new GroupEvent.RowRead(keeper.row()));
    }
}
