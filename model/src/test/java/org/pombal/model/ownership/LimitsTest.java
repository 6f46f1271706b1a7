package org.pombal.model.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class LimitsTest {

    private static final GroupId FIRST = GroupId.numbered(SiteId.random(), 1);
    private static final GroupId SECOND = GroupId.numbered(FIRST.site(), 2);
    private static final long LONG = MoveLimiter.SHORTEST.toNanos();

    @Test
    void noMoreUsersAreMovedAtOnceThanTheSettingSays() {
        MoveLimiter limiter = new MoveLimiter(2);
        assertThat(limiter.begin(0, FIRST)).isTrue();
        assertThat(limiter.begin(0, FIRST)).isTrue();
        assertThat(limiter.begin(0, FIRST)).isFalse();

        limiter.end(LONG, 0);

        assertThat(limiter.begin(LONG, FIRST)).isTrue();
    }

    @Test
    void aPlaceIsTakenForSoLongThatALoginMayFollow() {
        MoveLimiter limiter = new MoveLimiter(1);
        assertThat(limiter.begin(5, FIRST)).isTrue();
        limiter.end(10, 5);

        assertThat(limiter.begin(LONG + 4, SECOND)).isFalse();
        assertThat(limiter.retryAt(SECOND)).isEqualTo(LONG + 5);
        assertThat(limiter.begin(LONG + 5, SECOND)).isTrue();
    }

    @Test
    void whoHasWaitedLongestIsNextAsLongAsHeWaits() {
        MoveLimiter limiter = new MoveLimiter(1);
        limiter.begin(0, FIRST);
        limiter.begin(0, SECOND);
        limiter.begin(0, FIRST);
        assertThat(limiter.next(0)).isEmpty();
        assertThat(limiter.retryAt(SECOND))
                .as("nobody can tell when a move ends")
                .isEqualTo(Long.MAX_VALUE);

        limiter.end(0, 0);
        assertThat(limiter.next(LONG - 1)).isEmpty();
        assertThat(limiter.next(LONG)).contains(SECOND);
        assertThat(limiter.retryAt(FIRST)).isEqualTo(Long.MAX_VALUE);
        limiter.leave(SECOND);
        assertThat(limiter.next(LONG)).contains(FIRST);
        limiter.leave(FIRST);
        assertThat(limiter.next(LONG)).isEmpty();
    }

    @Test
    void theNextOneIsToldWhenItsPlaceIsFree() {
        MoveLimiter limiter = new MoveLimiter(1);
        limiter.begin(0, FIRST);
        limiter.begin(0, SECOND);
        limiter.begin(0, FIRST);
        limiter.end(10, 0);

        assertThat(limiter.retryAt(SECOND)).isEqualTo(LONG);
        assertThat(limiter.retryAt(FIRST)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void thePlaceOfAMoveThatIsNotMadeIsFreeAtOnce() {
        MoveLimiter limiter = new MoveLimiter(1);
        limiter.begin(0, FIRST);
        limiter.giveBack();

        assertThat(limiter.begin(0, SECOND)).isTrue();
    }

    @Test
    void aLimitOfNoMovesIsRefused() {
        assertThatThrownBy(() -> new MoveLimiter(0)).hasMessageContaining("cluster_max_parallel_moves");
    }

    @Test
    void aTenthOfTheDeliveriesIsHeldAtMost() {
        HoldLimits limits = new HoldLimits(OwnershipTimings.DEFAULT);
        assertThat(limits.hold(HoldLimits.Kind.DELIVERY, 20)).isTrue();
        assertThat(limits.hold(HoldLimits.Kind.DELIVERY, 20)).isTrue();
        assertThat(limits.hold(HoldLimits.Kind.DELIVERY, 20)).isFalse();
        assertThat(limits.hold(HoldLimits.Kind.LOGIN, 20)).isTrue();

        limits.release(HoldLimits.Kind.DELIVERY);

        assertThat(limits.hold(HoldLimits.Kind.DELIVERY, 20)).isTrue();
        assertThat(limits.limit(HoldLimits.Kind.DELIVERY)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.limit(HoldLimits.Kind.LOGIN)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRememberedHomeCountsSinceTheEpochBeforeItWasReadWhileNobodyLeaves() {
        UserHomes homes = new UserHomes(2, HandOverRules.PROTOCOL);
        GroupId group = GroupId.numbered(SiteId.random(), 1);
        UserKey ann = new UserKey("ann");
        homes.remember(0, ann, group, Optional.of(row(group, 4)));

        assertThat(homes.stands(ann, group, 4, 4)).isTrue();
        assertThat(homes.stands(ann, group, 2, 7)).isTrue();
        assertThat(homes.stands(ann, group, 5, 5)).isFalse();
        assertThat(homes.stands(ann, group, 1, 3)).isFalse();
        assertThat(homes.lastKnown(ann)).contains(group);
    }

    private static UserGroup row(GroupId id, long epoch) {
        return UserGroup.atRest(id, new GroupOwner(BackendId.random(), 1), Optional.empty(), epoch, false, false);
    }

    @Test
    void theEpochOfAnotherGroupSaysNothing() {
        UserHomes homes = new UserHomes(2, HandOverRules.PROTOCOL);
        SiteId site = SiteId.random();
        UserKey ann = new UserKey("ann");
        GroupId group = GroupId.numbered(site, 1);

        homes.remember(0, ann, group, Optional.of(row(GroupId.numbered(site, 2), 4)));

        assertThat(homes.stands(ann, group, 1, 4)).isFalse();
    }

    @Test
    void theUsersThatWereNotSeenForLongestAreForgotten() {
        UserHomes homes = new UserHomes(2, HandOverRules.PROTOCOL);
        GroupId group = GroupId.numbered(SiteId.random(), 1);
        homes.remember(0, new UserKey("ann"), group, Optional.of(row(group, 1)));
        homes.remember(0, new UserKey("bob"), group, Optional.of(row(group, 1)));
        homes.remember(0, new UserKey("cid"), group, Optional.of(row(group, 1)));

        assertThat(homes.lastKnown(new UserKey("ann"))).isEmpty();
        assertThat(homes.lastKnown(new UserKey("bob"))).contains(group);
    }
}
