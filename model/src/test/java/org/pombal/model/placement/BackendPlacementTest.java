package org.pombal.model.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;

class BackendPlacementTest {

    private static final SiteId SITE = SiteId.parse("6b1f2c3e-0000-4000-8000-000000000001");
    private static final int GROUPS = 20_000;

    @Test
    void theSameGroupGoesToTheSameBackendInEveryRelease() {
        // Computed by another program: a change of these makes two releases that run side by side disagree.
        List<Backend> backends = List.of(online(1, 100), online(2, 100), online(3, 50));

        assertThat(List.of(hostOf(1, backends), hostOf(2, backends), hostOf(3, backends), hostOf(4, backends)))
                .containsExactly("b1.test", "b1.test", "b2.test", "b3.test");
    }

    @Test
    void theOrderInWhichBackendsAreKnownDoesNotMatter() {
        List<Backend> backends = List.of(online(1, 100), online(2, 70), online(3, 30));
        List<Backend> reversed = List.of(online(3, 30), online(2, 70), online(1, 100));

        for (int group = 1; group <= 1000; group++) {
            assertThat(place(group, backends)).isEqualTo(place(group, reversed));
        }
    }

    @Test
    void sharesFollowTheLoadFactorsExactly() {
        Map<String, Integer> groups = spread(List.of(online(1, 100), online(2, 50), online(3, 25), online(4, 0)));

        // Expected 4/7, 2/7, 1/7 of 20,000; four standard deviations are below 300.
        assertThat(groups.get("b1.test")).isBetween(11_130, 11_730);
        assertThat(groups.get("b2.test")).isBetween(5_410, 6_020);
        assertThat(groups.get("b3.test")).isBetween(2_560, 3_160);
        assertThat(groups).doesNotContainKey("b4.test");
    }

    @Test
    void aNewBackendTakesOnlyItsOwnShare() {
        List<Backend> before = List.of(online(1, 100), online(2, 100), online(3, 100));
        List<Backend> after = new ArrayList<>(before);
        after.add(online(4, 100));

        int moved = 0;
        for (int group = 1; group <= GROUPS; group++) {
            String then = hostOf(group, before);
            String now = hostOf(group, after);
            if (!then.equals(now)) {
                assertThat(now).isEqualTo("b4.test");
                moved++;
            }
        }
        assertThat(moved).isBetween(4_750, 5_250);
    }

    @Test
    void theRunnerUpIsWhoWouldHaveWonWithoutTheFirst() {
        List<Backend> all = List.of(online(1, 100), online(2, 100), online(3, 100));

        for (int group = 1; group <= 1000; group++) {
            Placement.Placed placed = place(group, all);
            List<Backend> others = all.stream()
                    .filter(backend -> !backend.equals(placed.backend()))
                    .toList();
            assertThat(placed.runnerUp()).contains(place(group, others).backend());
        }
    }

    @Test
    void standbyOfflineAndDrainedBackendsArePassedOver() {
        Backend only = online(4, 1);
        List<Backend> backends = List.of(
                online(1, 100).withStatus(BackendStatus.STANDBY),
                online(2, 100).withStatus(BackendStatus.OFFLINE),
                online(3, 0),
                only);

        Placement.Placed placed = place(1, backends);
        assertThat(placed.backend()).isEqualTo(only);
        assertThat(placed.runnerUp()).isEmpty();
    }

    @Test
    void withoutAnyBackendItSaysWhy() {
        Placement placement = BackendPlacement.place(group(1), List.of(online(1, 0)));

        assertThat(placement).isInstanceOf(Placement.Nowhere.class);
        assertThat(placement.reason()).contains("none of the site's 1 backends is online with a load factor above 0");
    }

    private static Map<String, Integer> spread(List<Backend> backends) {
        Map<String, Integer> groups = new HashMap<>();
        for (int group = 1; group <= GROUPS; group++) {
            groups.merge(hostOf(group, backends), 1, Integer::sum);
        }
        return groups;
    }

    private static String hostOf(int group, List<Backend> backends) {
        return place(group, backends).backend().host().value();
    }

    private static Placement.Placed place(int group, List<Backend> backends) {
        return (Placement.Placed) BackendPlacement.place(group(group), backends);
    }

    private static GroupId group(int number) {
        return GroupId.numbered(SITE, number);
    }

    private static Backend online(int number, int loadFactor) {
        return Backend.added(new BackendId(new UUID(7, number)), SITE, new HostName("b" + number + ".test"))
                .withStatus(BackendStatus.ONLINE)
                .withLoadFactor(new LoadFactor(loadFactor));
    }
}
