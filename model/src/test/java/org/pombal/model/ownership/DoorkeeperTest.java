package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class DoorkeeperTest {

    private static final GroupId ID = GroupId.numbered(SiteId.random(), 1);
    private static final BackendId SELF = BackendId.random();
    private static final BackendId OTHER = BackendId.random();
    private static final UserKey ANN = new UserKey("ann");
    private static final UserKey BOB = new UserKey("bob");
    private static final Doorkeeper.Step SERVED = new Doorkeeper.Step.Decided(ID, Verdict.SERVE);

    /** Nobody is there. */
    private static final Sessions NO_SESSIONS = new Sessions() {
        @Override
        public Set<UserKey> usersWithSession(GroupId group) {
            return Set.of();
        }

        @Override
        public boolean hasSession(UserKey user) {
            return false;
        }

        @Override
        public Set<UserKey> usersWithPendingLogin(GroupId group) {
            return Set.of();
        }

        @Override
        public boolean hasPendingLogin(UserKey user) {
            return false;
        }

        @Override
        public boolean hasOlderProcesses() {
            return false;
        }
    };

    private final GroupKeeper keeper = new GroupKeeper(
            ID,
            new Surroundings(SELF, NO_SESSIONS, new MoveLimiter(10), OwnershipTimings.DEFAULT, HandOverRules.PROTOCOL));
    private final UserHomes homes = new UserHomes(10, HandOverRules.PROTOCOL);
    private final Doorkeeper door =
            new Doorkeeper(homes, group -> keeper, user -> keeper.row(), OwnershipTimings.DEFAULT);
    private long now = Duration.ofHours(1).toNanos();

    private static UserGroup owned(BackendId backend, long incarnation) {
        return UserGroup.atRest(ID, new GroupOwner(backend, incarnation), Optional.empty(), 5, false, false);
    }

    private static UserGroup proposed(UserGroup row) {
        return GroupSteps.proposed(
                row, GroupMove.proposed(new MoveId(new UUID(1, 1)), OTHER, false, "test", Instant.EPOCH));
    }

    private void after(long milliseconds, GroupEvent event) {
        now += Duration.ofMillis(milliseconds).toNanos();
        keeper.onEvent(now, event);
    }

    private void read(UserGroup row) {
        after(1, new GroupEvent.Look());
        after(1, new GroupEvent.RowRead(Optional.of(row)));
    }

    private UserGroup ownsAndRemembersAnn() {
        UserGroup row = owned(SELF, 3);
        after(0, new GroupEvent.LeaseHeld(3, false));
        after(1, new GroupEvent.RowRead(Optional.of(row)));
        homes.remember(now, ANN, ID, keeper.row());
        assertThat(door.judge(now, ANN, true, false)).isEqualTo(SERVED);
        return row;
    }

    private Doorkeeper.Step readAnn() {
        return new Doorkeeper.Step.ReadUser(keeper.row());
    }

    @Test
    void whoIsInTheUsualGroupIsReadOnce() {
        UserGroup row = owned(SELF, 3);
        after(0, new GroupEvent.LeaseHeld(3, false));
        after(1, new GroupEvent.RowRead(Optional.of(row)));
        assertThat(door.judge(now, ANN, true, false)).isEqualTo(new Doorkeeper.Step.ReadUser(Optional.of(row)));

        homes.remember(now, ANN, ID, Optional.of(row));

        assertThat(door.judge(now, ANN, true, false)).isEqualTo(SERVED);
    }

    /** Else the proposal of a move would send everybody who logs in to GeoDB once. */
    @Test
    void aHomeIsRememberedOverChangesByWhichNobodyLeaves() {
        UserGroup row = ownsAndRemembersAnn();

        read(proposed(row));
        assertThat(door.judge(now, ANN, true, false)).isEqualTo(SERVED);

        read(GroupSteps.withdrawn(proposed(row)));
        assertThat(door.judge(now, ANN, true, false)).isEqualTo(SERVED);
    }

    @Test
    void whoHasLeftMeanwhileIsReadAgain() {
        UserGroup row = ownsAndRemembersAnn();
        UserGroup leaving = GroupSteps.registered(row, ANN, Departure.deletion(MoveId.random()));

        read(leaving);
        read(GroupSteps.departed(leaving, ANN));

        assertThat(door.judge(now, ANN, true, false)).isEqualTo(readAnn());
    }

    /** The row was read while ann was leaving: her own row may have been changed or not. */
    @Test
    void aHomeThatWasReadWhileSomebodyWasLeavingCountsNoLongerThanTheRow() {
        UserGroup row = ownsAndRemembersAnn();
        UserGroup leaving = GroupSteps.registered(row, BOB, Departure.deletion(MoveId.random()));
        read(leaving);
        homes.remember(now, ANN, ID, keeper.row());
        assertThat(door.judge(now, ANN, true, false)).isEqualTo(SERVED);

        read(GroupSteps.departed(leaving, BOB));

        assertThat(door.judge(now, ANN, true, false)).isEqualTo(readAnn());
    }

    @Test
    void aRowThatWasNotSeenMayHaveNamedAnybody() {
        UserGroup row = ownsAndRemembersAnn();
        UserGroup leaving = GroupSteps.registered(row, ANN, Departure.deletion(MoveId.random()));

        read(GroupSteps.departed(leaving, ANN));

        assertThat(door.judge(now, ANN, true, false)).isEqualTo(readAnn());
    }

    @Test
    void aLostLeaseEndsWhatWasSeenOfTheRow() {
        UserGroup row = ownsAndRemembersAnn();
        after(1, new GroupEvent.LeaseLost());
        after(1, new GroupEvent.LeaseHeld(4, false));

        UserGroup claimed = GroupSteps.claimed(row, 4);
        after(1, new GroupEvent.RowRead(Optional.of(claimed)));

        assertThat(door.judge(now, ANN, true, false)).isEqualTo(readAnn());
    }

    /** Two backends that are wrong about one user would otherwise send him to and fro for ever. */
    @Test
    void whereAUserOfAnotherBackendIsAtHomeIsReadAgainSoon() {
        after(0, new GroupEvent.LeaseHeld(3, false));
        after(1, new GroupEvent.RowRead(Optional.of(owned(OTHER, 1))));
        homes.remember(now, ANN, ID, keeper.row());
        assertThat(door.judge(now, ANN, true, false))
                .isEqualTo(new Doorkeeper.Step.Decided(ID, new Verdict.Elsewhere(OTHER)));

        after(OwnershipTimings.DEFAULT.renewEvery().toMillis(), new GroupEvent.Look());
        after(0, new GroupEvent.RowRead(keeper.row()));

        assertThat(door.judge(now, ANN, true, false)).isEqualTo(readAnn());
        homes.remember(now, ANN, ID, keeper.row());
        assertThat(door.judge(now, ANN, true, false)).isInstanceOf(Doorkeeper.Step.Decided.class);
    }
}
