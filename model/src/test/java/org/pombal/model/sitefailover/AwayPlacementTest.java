package org.pombal.model.sitefailover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

class AwayPlacementTest {

    private static final Site PORTO = site(1);
    private static final Site LISBON = site(2);
    private static final Site FARO = site(3);

    private static Site site(int number) {
        return Site.added(new SiteId(new UUID(0, number)), "s" + number)
                .withLoadBalancer("lb" + number)
                .withGroupCount(10);
    }

    private static User user(String name, Optional<GroupId> failover) {
        return new User(new UserKey(name), GroupId.numbered(PORTO.id(), 1), failover, 1);
    }

    private static SortedMap<SiteId, Integer> shares(int lisbon, int faro) {
        return new TreeMap<>(Map.of(LISBON.id(), lisbon, FARO.id(), faro));
    }

    @Test
    void usersSpreadByWhatEachSiteCanTake() {
        Map<SiteId, Long> taken = IntStream.range(0, 4000)
                .mapToObj(i -> AwayPlacement.site(
                                user("u" + i, Optional.empty()), shares(300, 100), UsernameHash.WHOLE_NAME)
                        .orElseThrow())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(taken.get(LISBON.id())).isBetween(2890L, 3110L);
    }

    @Test
    void aUsersOwnFailoverGroupGoesFirst() {
        GroupId own = GroupId.numbered(FARO.id(), 7);
        User user = user("ann", Optional.of(own));

        assertThat(AwayPlacement.site(user, shares(1000, 1), UsernameHash.WHOLE_NAME))
                .contains(FARO.id());
        assertThat(AwayPlacement.group(user, FARO, UsernameHash.WHOLE_NAME)).isEqualTo(own);
        assertThat(AwayPlacement.group(user, LISBON, UsernameHash.WHOLE_NAME).site())
                .isEqualTo(LISBON.id());
    }

    @Test
    void onlySitesThatTakeUsersAndCanBeReachedGetAShare() {
        Site standby = site(4).withStatus(SiteStatus.STANDBY);
        Site alone = site(5).withoutLoadBalancer();

        assertThat(AwayPlacement.shares(
                        PORTO,
                        List.of(PORTO, LISBON, FARO, standby, alone),
                        List.of(FARO.id()),
                        Map.of(LISBON.id(), 0)))
                .containsExactlyEntriesOf(Map.of(LISBON.id(), 1));
    }

    @Test
    void aUserWhoIsTakenOverTwiceStillComesFromTheFirst() {
        User away = user("ann", Optional.empty()).takenOver(GroupId.numbered(LISBON.id(), 3), 0);
        User further = away.takenOver(GroupId.numbered(FARO.id(), 4), 2);

        assertThat(further.trueHome()).isEqualTo(GroupId.numbered(PORTO.id(), 1));
        assertThat(further.takenOver(GroupId.numbered(PORTO.id(), 9), 5))
                .isEqualTo(user("ann", Optional.empty()).claimed(5));
    }
}
