package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.OwnershipTimings;

class GroupKeeperTest extends KeeperFixture {

    @Test
    void aGroupIsClaimedBeforeAnybodyIsServed() {
        after(0, new GroupEvent.LeaseHeld(3, false));
        List<GroupAction> actions = after(1, new GroupEvent.RowRead(Optional.of(owned(SELF, 2))));
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);

        after(1, new GroupEvent.RowWritten(written(actions)));

        assertThat(keeper.row().orElseThrow().owner()).isEqualTo(new GroupOwner(SELF, 3));
        assertThat(keeper.judge(ANN, false)).isEqualTo(Verdict.SERVE);
    }

    @Test
    void anothersGroupIsServedThere() {
        owns(owned(OTHER, 1), false);

        assertThat(keeper.judge(ANN, false)).isEqualTo(new Verdict.Elsewhere(OTHER));
    }

    @Test
    void idleUsersGoWithTheHandOverAndTheOthersWhenTheirSessionsAreGone() {
        book.sessions.add(ANN);
        owns(proposed(owned(SELF, 3), OTHER, false), false);
        List<GroupAction> actions = after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE)));
        assertThat(actions).contains(new GroupAction.WriteRemaining(move(), Set.of(ANN)));
        assertThat(keeper.judge(BOB, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(keeper.judge(ANN, false)).isEqualTo(Verdict.SERVE);

        UserGroup handedOver = written(after(1, new GroupEvent.RemainingWritten(move(), true)));
        assertThat(handedOver.isInHandover()).isTrue();
        assertThat(keeper.judge(BOB, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(after(1, new GroupEvent.RowWritten(handedOver)))
                .contains(new GroupAction.EndSessions(ANN, Urgency.POLITE));
        assertThat(keeper.judge(BOB, false)).isEqualTo(new Verdict.Elsewhere(OTHER));
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);

        book.sessions.clear();
        assertThat(after(1, new GroupEvent.SessionsChanged())).contains(new GroupAction.Flush(move(), ANN));
        assertThat(after(1, new GroupEvent.Flushed(move(), ANN, true)))
                .contains(new GroupAction.WriteDone(move(), ANN));
        after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE)));
        UserGroup committed = written(after(1, new GroupEvent.DoneWritten(move(), ANN, true)));
        assertThat(committed.owner()).isEqualTo(new GroupOwner(OTHER, 1));
        MoveId move = move();
        assertThat(after(1, new GroupEvent.RowWritten(committed))).contains(new GroupAction.DeleteProgress(move));
        assertThat(keeper.judge(ANN, false)).isEqualTo(new Verdict.Elsewhere(OTHER));
    }

    @Test
    void sessionsThatDoNotEndGentlyAreEndedByForceAndNeverAssumedToBeGone() {
        handedOverWithAnn(false);

        assertThat(after(1_000, new GroupEvent.Tick())).contains(new GroupAction.EndSessions(ANN, Urgency.FORCED));
        assertThat(after(60_000, new GroupEvent.Tick()))
                .contains(new GroupAction.EndSessions(ANN, Urgency.FORCED))
                .noneMatch(GroupAction.Flush.class::isInstance);
    }

    @Test
    void aLoginThatWasLetInBecomesASessionBeforeTheUsersSessionsEnd() {
        book.sessions.add(ANN);
        owns(proposed(owned(SELF, 3), OTHER, false), false);
        after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE)));
        UserGroup handedOver = written(after(1, new GroupEvent.RemainingWritten(move(), true)));
        book.pending.add(ANN);
        assertThat(after(1, new GroupEvent.RowWritten(handedOver)))
                .noneMatch(GroupAction.EndSessions.class::isInstance);
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(keeper.judge(ANN, true)).isEqualTo(Verdict.SERVE);

        book.pending.clear();
        assertThat(after(1, new GroupEvent.SessionsChanged()))
                .contains(new GroupAction.EndSessions(ANN, Urgency.POLITE));
        assertThat(keeper.judge(ANN, true)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void aLoginThatBecomesNoSessionIsNotWaitedForForLong() {
        book.sessions.add(ANN);
        owns(proposed(owned(SELF, 3), OTHER, false), false);
        after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE)));
        UserGroup handedOver = written(after(1, new GroupEvent.RemainingWritten(move(), true)));
        book.pending.add(ANN);
        after(1, new GroupEvent.RowWritten(handedOver));
        assertThat(keeper.nextTick())
                .isLessThanOrEqualTo(now + OwnershipTimings.DEFAULT.pending().toNanos());

        assertThat(after(OwnershipTimings.DEFAULT.pending().toMillis(), new GroupEvent.Tick()))
                .contains(new GroupAction.EndSessions(ANN, Urgency.POLITE));
        assertThat(keeper.judge(ANN, true)).isInstanceOf(Verdict.Hold.class);
    }

    private UserGroup handedOverWithAnn(boolean lazy) {
        book.sessions.add(ANN);
        owns(proposed(owned(SELF, 3), OTHER, lazy), false);
        after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE)));
        UserGroup handedOver = written(after(1, new GroupEvent.RemainingWritten(move(), true)));
        after(1, new GroupEvent.RowWritten(handedOver));
        return handedOver;
    }

    @Test
    void inALazyMoveUsersStayUntilTheyComeAgain() {
        handedOverWithAnn(true);
        assertThat(after(5_000, new GroupEvent.Tick())).noneMatch(GroupAction.EndSessions.class::isInstance);
        assertThat(keeper.judge(ANN, false)).isEqualTo(Verdict.SERVE);

        assertThat(after(1, new GroupEvent.Arrived(ANN))).contains(new GroupAction.EndSessions(ANN, Urgency.POLITE));
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void aLoginThatWasLetInMayBecomeASessionUntilItIsRevoked() {
        book.pending.add(BOB);
        owns(proposed(owned(SELF, 3), OTHER, false), false);
        assertThat(after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE))))
                .isEmpty();
        assertThat(keeper.judge(BOB, true)).isEqualTo(Verdict.SERVE);
        assertThat(keeper.judge(BOB, false)).isInstanceOf(Verdict.Hold.class);

        assertThat(after(300, new GroupEvent.Tick())).contains(new GroupAction.RevokePending());
        assertThat(keeper.judge(BOB, true)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void aHandOverThatIsKnownNotToBeAppliedOpensTheGateAgain() {
        owns(proposed(owned(SELF, 3), OTHER, false), false);
        UserGroup wanted = written(after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE))));
        after(1, new GroupEvent.RowUnknown());
        assertThat(keeper.judge(BOB, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(written(after(300, new GroupEvent.Tick()))).isEqualTo(wanted);

        UserGroup withdrawn = GroupSteps.withdrawn(proposed(owned(SELF, 3), OTHER, false));
        after(1, new GroupEvent.RowLost(Optional.of(withdrawn)));

        assertThat(keeper.judge(BOB, false)).isEqualTo(Verdict.SERVE);
    }

    @Test
    void aMoveToABackendThatIsNotUpIsWithdrawn() {
        owns(proposed(owned(SELF, 3), OTHER, false), false);

        assertThat(written(after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE.released()))))
                        .isMoving())
                .isFalse();
    }

    @Test
    void aRestartedOwnerMakesTheRowOneEpochOlderBeforeItServesAGroupThatIsProposedToMove() {
        UserGroup row = proposed(owned(SELF, 3), OTHER, true);
        after(0, new GroupEvent.LeaseHeld(3, true));
        UserGroup confirmed = written(after(1, new GroupEvent.RowRead(Optional.of(row))));
        assertThat(confirmed).isEqualTo(GroupSteps.confirmed(row));
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);

        after(1, new GroupEvent.RowWritten(confirmed));

        assertThat(keeper.judge(ANN, false)).isEqualTo(Verdict.SERVE);
    }

    @Test
    void aRestartedOwnerLetsOnlyThoseRemainWhoseSessionItCounts() {
        book.sessions.add(ANN);
        UserGroup row = GroupSteps.handedOver(proposed(owned(SELF, 3), OTHER, true), 1);
        after(0, new GroupEvent.LeaseHeld(3, true));
        assertThat(after(1, new GroupEvent.RowRead(Optional.of(row))))
                .contains(new GroupAction.ReadProgress(row.move().orElseThrow().id()));
        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);

        List<GroupAction> actions = after(1, new GroupEvent.ProgressRead(move(), Set.of(ANN, BOB), Set.of()));

        assertThat(keeper.judge(ANN, false)).isEqualTo(Verdict.SERVE);
        assertThat(keeper.judge(BOB, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(actions).contains(new GroupAction.Flush(move(), BOB));
    }

    @Test
    void aMoveIsTakenBackOnlyWhenTheDestinationIsProvenToBeOver() {
        handedOverWithAnn(false);
        assertThat(after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE.broken()))))
                .contains(new GroupAction.ProveOver(OTHER, 1));
        assertThat(keeper.judge(BOB, false)).isEqualTo(new Verdict.Elsewhere(OTHER));

        UserGroup back = written(after(1, new GroupEvent.Over(OTHER, 1)));
        after(1, new GroupEvent.RowWritten(back));

        assertThat(keeper.judge(BOB, false)).isEqualTo(Verdict.SERVE);
    }

    @Test
    void theDestinationServesWhoDidNotRemainOrHasLeft() {
        UserGroup row = GroupSteps.handedOver(proposed(owned(OTHER, 1), SELF, false), 3);
        owns(row, false);
        assertThat(keeper.judge(BOB, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(after(1, new GroupEvent.Arrived(BOB))).contains(new GroupAction.ReadUserProgress(move(), BOB));

        after(1, new GroupEvent.UserProgress(move(), BOB, false, false));
        after(1, new GroupEvent.UserProgress(move(), ANN, true, false));
        assertThat(keeper.judge(BOB, false)).isEqualTo(Verdict.SERVE);
        assertThat(keeper.judge(ANN, false)).isEqualTo(new Verdict.AskSource(OTHER));

        after(1, new GroupEvent.UserProgress(move(), ANN, true, true));
        assertThat(keeper.judge(ANN, false)).isEqualTo(Verdict.SERVE);
    }

    @Test
    void aDestinationThatWasRestartedAcceptsTheHandOverFirst() {
        UserGroup row = GroupSteps.handedOver(proposed(owned(OTHER, 1), SELF, false), 2);
        after(0, new GroupEvent.LeaseHeld(3, false));

        UserGroup accepted = written(after(1, new GroupEvent.RowRead(Optional.of(row))));

        assertThat(accepted.move().orElseThrow().destIncarnation()).isEqualTo(3);
    }

    /** It may tell of another backend's incarnation, and the group would be handed over to one that never was. */
    @Test
    void aLateAnswerAboutTheDestinationOfAnEarlierMoveSaysNothing() {
        owns(proposed(owned(SELF, 3), OTHER, false), false);

        assertThat(after(1, new GroupEvent.DestinationLease(MoveId.random(), Optional.of(OTHERS_LEASE))))
                .isEmpty();
        assertThat(written(after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE))))
                        .isInHandover())
                .isTrue();
    }

    @Test
    void aMoveThatIsBeingWithdrawnWantsNoTick() {
        owns(proposed(owned(SELF, 3), OTHER, false), false);
        after(1, new GroupEvent.DestinationLease(move(), Optional.of(OTHERS_LEASE.released())));

        after(2_000, new GroupEvent.Tick());

        assertThat(keeper.nextTick()).isGreaterThan(now);
    }

    @Test
    void aLostLeaseForgetsEverything() {
        owns(owned(SELF, 3), false);

        after(1, new GroupEvent.LeaseLost());

        assertThat(keeper.judge(ANN, false)).isInstanceOf(Verdict.Hold.class);
        assertThat(keeper.row()).isEmpty();
    }
}
