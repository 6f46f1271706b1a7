package org.pombal.model.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.balance.BalanceMove;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;

class SheddingTest {

    private final Proxies site = new Proxies(1, 4);
    private final List<GroupLoad> groups = new ArrayList<>();

    private GroupId group(int backend, double load, boolean sticky) {
        GroupId id = GroupId.numbered(Proxies.SITE, groups.size() + 1);
        UserGroup placed = UserGroup.placed(id, site.backends.get(backend).id(), Optional.empty());
        groups.add(new GroupLoad(
                UserGroup.atRest(id, placed.owner(), Optional.empty(), 1, sticky, false), load, Optional.empty()));
        return id;
    }

    private Optional<BalanceMove> shed(Set<Integer> failing, Set<GroupId> held) {
        return Shedding.from(
                site.backends.get(0),
                site.backends,
                groups,
                Set.copyOf(failing.stream()
                        .map(number -> site.backends.get(number).id())
                        .toList()),
                held,
                "slow");
    }

    @Test
    void theHeaviestFreeGroupGoesToTheLeastLoadedForItsFactor() {
        group(0, 9, true);
        GroupId heaviest = group(0, 5, false);
        group(0, 3, false);
        group(1, 10, false);
        group(2, 6, false);
        group(3, 11, false);
        Backend half = site.backends.get(2).withLoadFactor(new LoadFactor(50));
        site.backends.set(2, half);

        // Per factor: b1 has 0.10, b2 0.12, b3 0.11.
        assertThat(shed(Set.of(), Set.of())).hasValueSatisfying(move -> {
            assertThat(move.group().id()).isEqualTo(heaviest);
            assertThat(move.to()).isEqualTo(site.backends.get(1));
            assertThat(move.reason()).isEqualTo("b0 is degraded: slow");
        });
    }

    @Test
    void failingAndClosedBackendsTakeNothing() {
        group(0, 5, false);
        site.status(1, BackendStatus.STANDBY);

        assertThat(shed(Set.of(2), Set.of()))
                .hasValueSatisfying(move -> assertThat(move.to()).isEqualTo(site.backends.get(3)));
        assertThat(shed(Set.of(2, 3), Set.of())).isEmpty();
    }

    @Test
    void aHeldGroupStaysAndWithoutAnyNothingGoes() {
        GroupId held = group(0, 5, false);
        group(0, 1, true);

        assertThat(shed(Set.of(), Set.of(held))).isEmpty();
    }
}
