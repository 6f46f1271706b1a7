package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class GroupKeeperTest {

    private static final GroupId ID = GroupId.numbered(SiteId.random(), 1);
    private static final BackendId SELF = BackendId.random();
    private static final BackendId OTHER = BackendId.random();
    private static final UserKey ANN = new UserKey("ann");
    private static final UserKey BOB = new UserKey("bob");
    private static final Lease OTHERS_LEASE = Lease.first(new LeaseId.OfBackend(OTHER), "other", new UUID(0, 2));

    /** All users are of the one group. */
    private static final class Book implements Sessions {
        private final Set<UserKey> sessions = new HashSet<>();
        private final Set<UserKey> pending = new HashSet<>();
        private boolean older;

        @Override
        public Set<UserKey> usersWithSession(GroupId group) {
            return sessions;
        }

        @Override
        public boolean hasSession(UserKey user) {
            return sessions.contains(user);
        }

        @Override
        public Set<UserKey> usersWithPendingLogin(GroupId group) {
            return pending;
        }

        @Override
        public boolean hasPendingLogin(UserKey user) {
            return pending.contains(user);
        }

        @Override
        public boolean hasOlderProcesses() {
            return older;
        }
    }

    private final Book book = new Book();
    private final GroupKeeper keeper = new GroupKeeper(
            ID, new Surroundings(SELF, book, new MoveLimiter(10), OwnershipTimings.DEFAULT, HandOverRules.PROTOCOL));
    private long now = Duration.ofHours(1).toNanos();

    private List<GroupAction> after(long milliseconds, GroupEvent event) {
        now += Duration.ofMillis(milliseconds).toNanos();
        return keeper.onEvent(now, event);
    }

    private static UserGroup owned(BackendId backend, long incarnation) {
        return UserGroup.atRest(ID, new GroupOwner(backend, incarnation), Optional.empty(), 5, false, false);
    }

    private static UserGroup proposed(UserGroup row, BackendId dest, boolean lazy) {
        return GroupSteps.proposed(
                row, GroupMove.proposed(new MoveId(new UUID(1, 1)), dest, lazy, "test", Instant.EPOCH));
    }

    private void owns(UserGroup row, boolean resumed) {
        after(0, new GroupEvent.LeaseHeld(3, resumed));
        after(1, new GroupEvent.RowRead(Optional.of(row)));
    }

    private static UserGroup written(List<GroupAction> actions) {
        return actions.stream()
                .filter(GroupAction.WriteRow.class::isInstance)
                .map(action -> ((GroupAction.WriteRow) action).next())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is written: " + actions));
    }

    private MoveId move() {
        return keeper.row().flatMap(UserGroup::move).orElseThrow().id();
    }

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
                .contains(new GroupAction.WriteUser(row, departure));

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

        after(1, new GroupEvent.Look());
        UserGroup staying = GroupSteps.staying(keeper.row().orElseThrow(), ANN, stay);
        assertThat(after(1, new GroupEvent.RowRead(Optional.of(staying))))
                .contains(new GroupAction.ReadUser(stay.id(), ANN));
        assertThat(after(1, new GroupEvent.UserWritten(departure.id(), ANN)))
                .as("what became of the departure says nothing any more")
                .isEmpty();
        assertThat(after(1, new GroupEvent.UserRead(stay.id(), ANN, Optional.of(row))))
                .contains(new GroupAction.WriteUser(row, stay));
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
