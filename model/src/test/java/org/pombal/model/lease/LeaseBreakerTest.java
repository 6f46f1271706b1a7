package org.pombal.model.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;

class LeaseBreakerTest {

    private static final LeaseId ID = new LeaseId.OfBackend(BackendId.random());
    private static final UUID PROCESS = new UUID(0, 1);

    private long now = Duration.ofHours(1).toNanos();
    private final List<LeaseAction> seen = new ArrayList<>();

    private static long ms(long milliseconds) {
        return Duration.ofMillis(milliseconds).toNanos();
    }

    private static LeaseBreaker breaker(OutagePolicy outage, TakeoverPolicy takeover) {
        return new LeaseBreaker(new BreakPolicy(outage, takeover, true), OwnershipTimings.DEFAULT, LeaseRules.PROTOCOL);
    }

    private static Lease held(long counter) {
        return new Lease(ID, 3, counter, LeaseState.HELD, false, "machine-a", PROCESS);
    }

    private static boolean writes(List<LeaseAction> actions) {
        return actions.stream().anyMatch(LeaseAction.Write.class::isInstance);
    }

    private List<LeaseAction> read(LeaseBreaker breaker, long milliseconds, Lease lease) {
        now += ms(milliseconds);
        List<LeaseAction> actions = new ArrayList<>(breaker.onEvent(now, new LeaseEvent.Tick()));
        if (!writes(actions)) {
            actions.addAll(breaker.onEvent(now, new LeaseEvent.Read(Optional.of(lease), true)));
        }
        seen.addAll(actions);
        return actions;
    }

    private boolean breaksAfter(LeaseBreaker breaker, int milliseconds, Lease lease) {
        for (int passed = 0; passed < milliseconds; passed += 500) {
            if (writes(read(breaker, 500, lease))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aHintIsNotBelievedButTheRowIsReadAtOnce() {
        LeaseBreaker breaker = breaker(OutagePolicy.FENCE, TakeoverPolicy.LEASE);
        read(breaker, 0, held(7));
        now += ms(1);
        assertThat(breaker.onEvent(now, new LeaseEvent.Tick())).isEmpty();

        assertThat(breaker.onEvent(now, new LeaseEvent.Hint())).containsExactly(new LeaseAction.Read(false));

        assertThat(breaker.isDown(now)).isFalse();
        breaker.onEvent(now, new LeaseEvent.Read(Optional.of(held(7).released()), false));
        assertThat(breaker.isDown(now)).isTrue();
    }

    @Test
    void aHintWhileItIsBeingReadIsFollowedByAnotherRead() {
        LeaseBreaker breaker = breaker(OutagePolicy.FENCE, TakeoverPolicy.LEASE);
        assertThat(breaker.onEvent(now, new LeaseEvent.Tick())).containsExactly(new LeaseAction.Read(false));
        assertThat(breaker.onEvent(now, new LeaseEvent.Hint())).isEmpty();

        assertThat(breaker.onEvent(now, new LeaseEvent.Read(Optional.of(held(7)), false)))
                .containsExactly(new LeaseAction.Read(false));
    }

    @Test
    void aLeaseThatStandsStillIsBrokenAfterTheWindow() {
        LeaseBreaker breaker = breaker(OutagePolicy.FENCE, TakeoverPolicy.LEASE);
        read(breaker, 0, held(7));
        assertThat(breaksAfter(breaker, 5_500, held(7))).isFalse();
        assertThat(breaksAfter(breaker, 500, held(7))).isTrue();

        breaker.onEvent(now, new LeaseEvent.Written(held(7).broken()));

        assertThat(breaker.overUpTo()).isEqualTo(3);
    }

    @Test
    void aRenewalBeginsTheWindowAnew() {
        LeaseBreaker breaker = breaker(OutagePolicy.FENCE, TakeoverPolicy.LEASE);
        read(breaker, 0, held(7));
        breaksAfter(breaker, 5_500, held(7));
        read(breaker, 500, held(8));

        assertThat(breaksAfter(breaker, 5_500, held(8))).isFalse();
    }

    @Test
    void aGapBetweenReadsBeginsTheWindowAnew() {
        LeaseBreaker breaker = breaker(OutagePolicy.FENCE, TakeoverPolicy.LEASE);
        read(breaker, 0, held(7));
        breaksAfter(breaker, 5_000, held(7));
        read(breaker, 1_500, held(7));

        assertThat(breaksAfter(breaker, 5_500, held(7))).isFalse();
    }

    @Test
    void nothingIsBrokenWithoutAMajority() {
        LeaseBreaker breaker = breaker(OutagePolicy.SERVE, TakeoverPolicy.LEASE);
        read(breaker, 0, held(7));

        assertThat(breaksAfter(breaker, 6_500, held(7))).isFalse();
        assertThat(seen).contains(new LeaseAction.AskElectorate(true));
        breaker.onEvent(now, new LeaseEvent.NoMajority(true));

        assertThat(breaksAfter(breaker, 1_500, held(7))).isFalse();
        assertThat(seen).filteredOn(new LeaseAction.AskElectorate(true)::equals).hasSize(2);
        assertThat(writes(breaker.onEvent(now, new LeaseEvent.Majority(true, now))))
                .isTrue();
    }

    @Test
    void whatAnybodyHasBrokenIsOver() {
        LeaseBreaker breaker = breaker(OutagePolicy.SERVE, TakeoverPolicy.LEASE);

        List<LeaseAction> actions = read(breaker, 0, held(7).broken());

        assertThat(breaker.overUpTo()).isEqualTo(3);
        assertThat(actions).doesNotContain(new LeaseAction.AskElectorate(true));
    }

    @Test
    void aMajorityForAnotherCounterAllowsNothing() {
        LeaseBreaker breaker = breaker(OutagePolicy.SERVE, TakeoverPolicy.LEASE);
        read(breaker, 0, held(7));
        breaksAfter(breaker, 6_500, held(7));
        long asked = now;
        read(breaker, 200, held(8));
        breaker.onEvent(now, new LeaseEvent.Majority(true, asked));
        seen.clear();

        assertThat(breaksAfter(breaker, 6_500, held(8))).isFalse();
        assertThat(seen).contains(new LeaseAction.AskElectorate(true));
    }

    @Test
    void theAnswerToAnotherQuestionAllowsNothing() {
        LeaseBreaker breaker = breaker(OutagePolicy.SERVE, TakeoverPolicy.LEASE);
        breaker.onEvent(now, new LeaseEvent.Majority(true, now));
        read(breaker, 0, held(7));
        long before = now;
        breaksAfter(breaker, 6_500, held(7));

        assertThat(writes(breaker.onEvent(now, new LeaseEvent.Majority(true, before))))
                .isFalse();
    }

    @Test
    void whereItTakesAFenceABrokenLeaseIsNotEnough() {
        LeaseBreaker breaker = breaker(OutagePolicy.FENCE, TakeoverPolicy.FENCED);
        Lease broken = held(7).broken();
        assertThat(read(breaker, 0, broken)).contains(new LeaseAction.RunFenceCommand(broken));
        assertThat(breaker.overUpTo()).isEqualTo(2);

        List<LeaseAction> actions = breaker.onEvent(now, new LeaseEvent.Fenced(3, true));
        assertThat(actions).contains(new LeaseAction.Write(Optional.of(broken), broken.markedFenced()));
        breaker.onEvent(now, new LeaseEvent.Written(broken.markedFenced()));

        assertThat(breaker.overUpTo()).isEqualTo(3);
    }

    @Test
    void aReleasedLeaseIsOverAtOnce() {
        LeaseBreaker breaker = breaker(OutagePolicy.SERVE, TakeoverPolicy.FENCED);

        read(breaker, 0, held(7).released());

        assertThat(breaker.overUpTo()).isEqualTo(3);
        assertThat(breaker.isDown(now)).isTrue();
    }

    @Test
    void aBackendThatNeverHeldALeaseIsDownAfterTheWindow() {
        LeaseBreaker breaker = breaker(OutagePolicy.SERVE, TakeoverPolicy.LEASE);
        breaker.onEvent(now, new LeaseEvent.Tick());
        breaker.onEvent(now, new LeaseEvent.Read(Optional.empty(), true));

        assertThat(breaker.isDown(now + ms(5_000))).isFalse();
        assertThat(breaker.isDown(now + ms(6_000))).isTrue();
    }
}
