package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

class TakeoverTest {

    private static final SiteId SITE = SiteId.random();
    private static final Backend A = backend("a");
    private static final Backend B = backend("b");
    private static final Backend C = backend("c");

    private final Map<BackendId, Long> over = new HashMap<>();
    private final Set<BackendId> down = new HashSet<>();
    private final LeasesView leases = new LeasesView() {
        @Override
        public boolean isOver(BackendId backend, long incarnation) {
            return incarnation <= over.getOrDefault(backend, 0L);
        }

        @Override
        public boolean isDown(BackendId backend) {
            return down.contains(backend);
        }

        @Override
        public boolean isSilent(BackendId backend) {
            return true;
        }
    };
    private final FailoverChoice choice =
            new FailoverChoice(List.of(A, B, C), backend -> !down.contains(backend), backend -> true);
    private final Takeover takeover = new Takeover(HandOverRules.PROTOCOL);

    private static Backend backend(String name) {
        return Backend.added(BackendId.random(), SITE, new HostName(name + ".example"))
                .withStatus(BackendStatus.ONLINE);
    }

    private static UserGroup row(int number, Backend owner, long incarnation, Optional<Backend> failover) {
        return UserGroup.atRest(
                GroupId.numbered(SITE, number),
                new GroupOwner(owner.id(), incarnation),
                failover.map(Backend::id),
                1,
                false,
                false);
    }

    private static UserGroup handover(Backend owner, Backend dest) {
        GroupMove move = GroupMove.proposed(MoveId.random(), dest.id(), false, "test", Instant.EPOCH);
        return GroupSteps.handedOver(GroupSteps.proposed(row(1, owner, 4, Optional.of(C)), move), 2);
    }

    private void isGone(Backend backend, long incarnation) {
        over.put(backend.id(), incarnation);
        down.add(backend.id());
    }

    @Test
    void aSilentOwnerKeepsItsGroups() {
        assertThat(takeover.decide(row(1, A, 4, Optional.of(B)), leases, choice))
                .isEmpty();
    }

    @Test
    void aGroupGoesToTheBackendThatWasChosenForIt() {
        isGone(A, 4);

        UserGroup taken =
                takeover.decide(row(1, A, 4, Optional.of(C)), leases, choice).orElseThrow();

        assertThat(taken.owner()).isEqualTo(GroupOwner.unclaimed(C.id()));
        assertThat(taken.failover()).contains(B.id());
    }

    @Test
    void anOwnerThatIsBackClaimsItsGroupsItself() {
        over.put(A.id(), 4L);

        assertThat(takeover.decide(row(1, A, 4, Optional.of(C)), leases, choice))
                .isEmpty();
    }

    @Test
    void groupsOfABackendThatHasNotClaimedThemGoWithoutProof() {
        down.add(A.id());

        assertThat(takeover.decide(row(1, A, 0, Optional.of(C)), leases, choice))
                .isPresent();
    }

    @Test
    void onlyRowsOfBackendsThatAreGoneAreWorthReading() {
        isGone(A, 4);

        assertThat(Takeover.mayConcern(row(1, A, 4, Optional.empty()), leases)).isTrue();
        assertThat(Takeover.mayConcern(row(1, A, 0, Optional.empty()), leases)).isTrue();
        assertThat(Takeover.mayConcern(row(1, B, 4, Optional.of(A)), leases)).isFalse();
    }

    @Test
    void aHandOverIsWorthReadingThoughItsSourceIsBackUnderAnotherIncarnation() {
        over.put(A.id(), 4L);

        assertThat(Takeover.mayConcern(row(1, A, 4, Optional.empty()), leases)).isFalse();
        assertThat(Takeover.mayConcern(handover(A, B), leases)).isTrue();
        assertThat(Takeover.mayConcern(handover(B, A), leases)).isFalse();
    }

    @Test
    void inHandOverTheDestinationGetsAll() {
        isGone(A, 4);

        assertThat(takeover.decide(handover(A, B), leases, choice).orElseThrow().owner())
                .isEqualTo(new GroupOwner(B.id(), 2));
    }

    @Test
    void inHandOverAThirdGetsItOnlyIfBothAreOver() {
        isGone(A, 4);
        isGone(B, 2);

        assertThat(takeover.decide(handover(A, B), leases, choice).orElseThrow().owner())
                .isEqualTo(GroupOwner.unclaimed(C.id()));
    }

    @Test
    void nobodyTakesOverWhereNobodyIsUp() {
        isGone(A, 4);
        isGone(B, 2);
        isGone(C, 2);

        assertThat(takeover.decide(row(1, A, 4, Optional.of(C)), leases, choice))
                .isEmpty();
    }

    @Test
    void withoutAChosenBackendGroupsSpreadByLoadFactor() {
        isGone(A, 4);
        Backend half = B.withLoadFactor(new LoadFactor(50));
        FailoverChoice spread =
                new FailoverChoice(List.of(A, half, C), backend -> !down.contains(backend), backend -> true);

        long toHalf = IntStream.rangeClosed(1, 3000)
                .mapToObj(number -> takeover.decide(row(number, A, 4, Optional.empty()), leases, spread)
                        .orElseThrow())
                .filter(taken -> taken.backend().equals(half.id()))
                .count();

        assertThat(toHalf).isBetween(850L, 1150L);
    }

    @Test
    void oneThatHasJustComeBackGetsGroupsOnlyIfThereIsNoOther() {
        isGone(A, 4);
        FailoverChoice damped = new FailoverChoice(
                List.of(A, B, C), backend -> !down.contains(backend), backend -> backend.equals(B.id()));
        UserGroup row = row(1, A, 4, Optional.of(C));

        assertThat(takeover.decide(row, leases, damped).orElseThrow().backend()).isEqualTo(B.id());
        isGone(B, 1);
        assertThat(takeover.decide(row, leases, damped).orElseThrow().backend()).isEqualTo(C.id());
    }
}
