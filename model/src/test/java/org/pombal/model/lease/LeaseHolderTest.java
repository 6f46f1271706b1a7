package org.pombal.model.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;

class LeaseHolderTest {

    private static final LeaseId ID = new LeaseId.OfBackend(BackendId.random());
    private static final UUID PROCESS = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final BreakPolicy FENCE = new BreakPolicy(OutagePolicy.FENCE, TakeoverPolicy.LEASE, false);
    private static final BreakPolicy SERVE = new BreakPolicy(OutagePolicy.SERVE, TakeoverPolicy.LEASE, false);

    private long now = Duration.ofHours(1).toNanos();

    private static long ms(long milliseconds) {
        return Duration.ofMillis(milliseconds).toNanos();
    }

    private static LeaseHolder holder(BreakPolicy policy, OptionalLong resumable) {
        return new LeaseHolder(
                new LeaseOwner(ID, "machine-a", PROCESS, resumable),
                policy,
                OwnershipTimings.DEFAULT,
                LeaseRules.PROTOCOL);
    }

    private static Lease lease(long incarnation, long counter, LeaseState state, UUID process) {
        return new Lease(ID, incarnation, counter, state, false, "machine-b", process);
    }

    private List<LeaseAction> after(LeaseHolder holder, long milliseconds, LeaseEvent event) {
        now += ms(milliseconds);
        return holder.onEvent(now, event);
    }

    private LeaseHolder holding(BreakPolicy policy) {
        LeaseHolder holder = holder(policy, OptionalLong.empty());
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        holder.onEvent(now, new LeaseEvent.Read(Optional.empty(), true));
        after(holder, 10, new LeaseEvent.Written(Lease.first(ID, "machine-a", PROCESS)));
        assertThat(holder.incarnation()).isEqualTo(1);
        return holder;
    }

    private static LeaseAction.Write write(List<LeaseAction> actions) {
        return actions.stream()
                .filter(LeaseAction.Write.class::isInstance)
                .map(LeaseAction.Write.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLeaseThatNobodyHadIsAcquiredAndTrustedFromTheBeginOfTheFirstTry() {
        LeaseHolder holder = holder(FENCE, OptionalLong.empty());
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        long tried = now;
        assertThat(write(holder.onEvent(now, new LeaseEvent.Read(Optional.empty(), true)))
                        .next())
                .isEqualTo(Lease.first(ID, "machine-a", PROCESS));

        List<LeaseAction> actions = after(holder, 700, new LeaseEvent.Written(Lease.first(ID, "machine-a", PROCESS)));

        assertThat(actions).contains(new LeaseAction.Trust(1, tried + ms(4_000)));
    }

    @Test
    void nothingIsAcquiredWhileProcessesOfDovecotAreLeft() {
        LeaseHolder holder = holder(FENCE, OptionalLong.empty());
        assertThat(holder.onEvent(now, new LeaseEvent.Read(Optional.empty(), true)))
                .singleElement()
                .isInstanceOf(LeaseAction.Fence.class);
        assertThat(after(holder, 300, new LeaseEvent.Tick())).isEmpty();

        holder.onEvent(now, new LeaseEvent.DovecotGone());

        assertThat(after(holder, 300, new LeaseEvent.Tick())).hasOnlyElementsOfType(LeaseAction.Write.class);
    }

    @Test
    void aRenewalThatIsTriedAgainTrustsFromTheFirstTry() {
        LeaseHolder holder = holding(FENCE);
        long tried = now + ms(1_000);
        Lease next = write(after(holder, 1_000, new LeaseEvent.Tick())).next();
        after(holder, 1_000, new LeaseEvent.Unknown());
        assertThat(write(after(holder, 300, new LeaseEvent.Tick())).next()).isEqualTo(next);

        List<LeaseAction> actions = after(holder, 500, new LeaseEvent.Lost(Optional.of(next)));

        assertThat(actions).contains(new LeaseAction.Trust(1, tried + ms(4_000)));
    }

    @Test
    void aPredecessorsLateRenewalGivesNoTrustAndIsBuiltUpon() {
        LeaseHolder holder = holding(FENCE);
        long until = holder.trustedUntil();
        after(holder, 1_000, new LeaseEvent.Tick());

        List<LeaseAction> actions =
                after(holder, 100, new LeaseEvent.Lost(Optional.of(lease(1, 1, LeaseState.HELD, OTHER))));

        assertThat(holder.trustedUntil()).isEqualTo(until);
        assertThat(write(actions).next().counter()).isEqualTo(2);
    }

    @Test
    void whoCannotRenewFencesWhenTrustEndsAndGoesOnWhenTheLeaseStillIsItsOwn() {
        LeaseHolder holder = holding(FENCE);
        Lease next = write(after(holder, 1_000, new LeaseEvent.Tick())).next();
        assertThat(after(holder, 2_000, new LeaseEvent.Tick())).isEmpty();
        assertThat(after(holder, 1_000, new LeaseEvent.Tick())).singleElement().isInstanceOf(LeaseAction.Fence.class);
        assertThat(holder.isTrusted(now)).isFalse();

        // It came late: that gives no trust. The next does.
        List<LeaseAction> actions = after(holder, 1_000, new LeaseEvent.Written(next));
        after(holder, 10, new LeaseEvent.Written(write(actions).next()));

        assertThat(holder.isTrusted(now)).isTrue();
        assertThat(holder.incarnation()).isEqualTo(1);
    }

    @Test
    void aBrokenLeaseIsFencedAtOnceAndTheNextIncarnationAcquiredWhenAllIsGone() {
        LeaseHolder holder = holding(SERVE);
        after(holder, 1_000, new LeaseEvent.Tick());
        Lease broken = lease(1, 0, LeaseState.BROKEN, PROCESS);

        List<LeaseAction> actions = after(holder, 100, new LeaseEvent.Lost(Optional.of(broken)));
        assertThat(actions).hasAtLeastOneElementOfType(LeaseAction.Fence.class);
        assertThat(holder.incarnation()).isZero();

        holder.onEvent(now, new LeaseEvent.Read(Optional.of(broken), true));
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        assertThat(write(after(holder, 300, new LeaseEvent.Tick())).next().incarnation())
                .isEqualTo(2);
    }

    @Test
    void aProcessThatFindsTheStateOfItsBootGoesOnAsThatIncarnationOnceItHasRenewed() {
        LeaseHolder holder = holder(FENCE, OptionalLong.of(5));
        List<LeaseAction> actions =
                holder.onEvent(now, new LeaseEvent.Read(Optional.of(lease(5, 9, LeaseState.HELD, OTHER)), true));
        assertThat(holder.incarnation()).isEqualTo(5);
        assertThat(holder.isTrusted(now)).isFalse();
        assertThat(actions).noneMatch(LeaseAction.Fence.class::isInstance);

        after(holder, 10, new LeaseEvent.Written(write(actions).next()));

        assertThat(holder.isTrusted(now)).isTrue();
        assertThat(holder.isResumed()).isTrue();
    }

    @Test
    void aSecondMachineOfTheSameNameIsRefusedAndToldWhoHoldsIt() {
        LeaseHolder holder = holder(FENCE, OptionalLong.empty());
        holder.onEvent(now, new LeaseEvent.Read(Optional.of(lease(1, 0, LeaseState.HELD, OTHER)), true));
        after(holder, 600, new LeaseEvent.Tick());
        after(holder, 10, new LeaseEvent.Read(Optional.of(lease(1, 1, LeaseState.HELD, OTHER)), false));
        after(holder, 600, new LeaseEvent.Tick());

        List<LeaseAction> actions =
                after(holder, 10, new LeaseEvent.Read(Optional.of(lease(1, 2, LeaseState.HELD, OTHER)), false));

        assertThat(actions).singleElement().isInstanceOfSatisfying(LeaseAction.Refuse.class, refuse -> assertThat(
                        refuse.message())
                .contains("machine-b", "machine-a"));
    }

    @Test
    void aMajorityThatWasAskedUnderTrustExtendsItFromTheBeginOfAsking() {
        LeaseHolder holder = holding(SERVE);
        after(holder, 1_000, new LeaseEvent.Tick());
        assertThat(after(holder, 1_500, new LeaseEvent.Tick())).contains(new LeaseAction.AskElectorate(false));
        long asked = now;

        assertThat(after(holder, 900, new LeaseEvent.Majority(false, asked)))
                .contains(new LeaseAction.Trust(1, asked + ms(4_000)));
    }

    @Test
    void aMajorityThatWasAskedAfterTrustHadEndedExtendsNothing() {
        LeaseHolder holder = holding(SERVE);
        after(holder, 5_000, new LeaseEvent.Tick());

        assertThat(after(holder, 100, new LeaseEvent.Majority(false, now)))
                .noneMatch(LeaseAction.Trust.class::isInstance);
        assertThat(holder.isTrusted(now)).isFalse();
    }

    @Test
    void afterTrustHasEndedNobodyIsAskedAndNoTickIsWantedForIt() {
        LeaseHolder holder = holding(SERVE);
        after(holder, 1_000, new LeaseEvent.Tick());
        assertThat(after(holder, 3_500, new LeaseEvent.Tick())).singleElement().isInstanceOf(LeaseAction.Fence.class);

        assertThat(holder.nextTick()).isGreaterThan(now);
    }

    @Test
    void whereOutagesFenceNobodyIsAsked() {
        LeaseHolder holder = holding(FENCE);
        after(holder, 1_000, new LeaseEvent.Tick());

        assertThat(after(holder, 2_500, new LeaseEvent.Tick())).isEmpty();
    }

    /** Its guardian may have died, and been started again with it. */
    @Test
    void thatDovecotWasGoneUnderTrustSaysNothingAboutARelease() {
        LeaseHolder holder = holding(FENCE);
        after(holder, 100, new LeaseEvent.DovecotGone());

        assertThat(after(holder, 100, new LeaseEvent.ReleaseAsked()))
                .singleElement()
                .isInstanceOf(LeaseAction.Fence.class);
        assertThat(after(holder, 300, new LeaseEvent.Tick())).isEmpty();
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        assertThat(write(after(holder, 300, new LeaseEvent.Tick())).next().state())
                .isEqualTo(LeaseState.RELEASED);
    }

    @Test
    void aLeaseIsReleasedWhenAllProcessesAreGone() {
        LeaseHolder holder = holding(FENCE);

        assertThat(after(holder, 100, new LeaseEvent.ReleaseAsked()))
                .singleElement()
                .isInstanceOf(LeaseAction.Fence.class);
        assertThat(holder.isTrusted(now)).isFalse();
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        Lease released = write(after(holder, 300, new LeaseEvent.Tick())).next();
        assertThat(released.state()).isEqualTo(LeaseState.RELEASED);

        assertThat(after(holder, 10, new LeaseEvent.Written(released))).contains(new LeaseAction.Released());
    }

    /** Dovecot may still run under the trust of the process before, and only who fences is told when it is gone. */
    @Test
    void aLeaseThatAnEarlierProcessHeldIsFencedWhenItIsGivenBackBeforeItWasRenewed() {
        LeaseHolder holder = holder(FENCE, OptionalLong.of(5));
        List<LeaseAction> actions =
                holder.onEvent(now, new LeaseEvent.Read(Optional.of(lease(5, 9, LeaseState.HELD, OTHER)), true));
        after(holder, 10, new LeaseEvent.ReleaseAsked());

        assertThat(after(holder, 10, new LeaseEvent.Written(write(actions).next())))
                .singleElement()
                .isInstanceOf(LeaseAction.Fence.class);
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        assertThat(write(after(holder, 300, new LeaseEvent.Tick())).next().state())
                .isEqualTo(LeaseState.RELEASED);
    }

    @Test
    void aLeaseThatAnEarlierProcessHeldIsFencedWhenItIsLostBeforeItWasRenewed() {
        LeaseHolder holder = holder(FENCE, OptionalLong.of(5));
        holder.onEvent(now, new LeaseEvent.Read(Optional.of(lease(5, 9, LeaseState.HELD, OTHER)), true));
        Lease broken = lease(5, 9, LeaseState.BROKEN, OTHER);

        assertThat(after(holder, 10, new LeaseEvent.Lost(Optional.of(broken))))
                .hasAtLeastOneElementOfType(LeaseAction.Fence.class);
        holder.onEvent(now, new LeaseEvent.Read(Optional.of(broken), true));
        holder.onEvent(now, new LeaseEvent.DovecotGone());
        assertThat(write(after(holder, 300, new LeaseEvent.Tick())).next().incarnation())
                .isEqualTo(6);
    }

    /** As after a power cut: what of Dovecot runs here was let in by nobody, and only who fences is told that there is nothing. */
    @Test
    void aMachineWhoseLeaseIsOverWhenItStartsFencesBeforeItAcquiresTheNext() {
        for (LeaseState state : List.of(LeaseState.BROKEN, LeaseState.RELEASED)) {
            LeaseHolder holder = holder(FENCE, OptionalLong.empty());
            Lease over = lease(1, 7, state, OTHER);

            assertThat(holder.onEvent(now, new LeaseEvent.Read(Optional.of(over), true)))
                    .singleElement()
                    .isInstanceOf(LeaseAction.Fence.class);
            holder.onEvent(now, new LeaseEvent.DovecotGone());
            assertThat(write(after(holder, 300, new LeaseEvent.Tick())).next().incarnation())
                    .isEqualTo(2);
        }
    }
}
