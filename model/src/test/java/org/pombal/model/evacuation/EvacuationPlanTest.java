package org.pombal.model.evacuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

class EvacuationPlanTest {

    private static final SiteId SITE = new SiteId(new UUID(1, 1));
    private static final Backend SOURCE = backend(0, BackendStatus.STANDBY, 0);

    private static Backend backend(int number, BackendStatus status, int factor) {
        return new Backend(
                new BackendId(new UUID(2, number)),
                SITE,
                new HostName("b" + number),
                status,
                new LoadFactor(factor),
                1);
    }

    private static Backend online(int number, int factor) {
        return backend(number, BackendStatus.ONLINE, factor);
    }

    private static List<UserGroup> groups(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> UserGroup.placed(GroupId.numbered(SITE, n), SOURCE.id(), Optional.empty()))
                .toList();
    }

    private static Map<BackendId, Integer> counts(EvacuationPlan plan) {
        Map<BackendId, Integer> counts = new HashMap<>();
        plan.moves().forEach(move -> counts.merge(move.to().id(), 1, Integer::sum));
        return counts;
    }

    @Test
    void groupsAreSpreadByLoadFactor() {
        Backend full = online(1, 100);
        Backend half = online(2, 50);

        EvacuationPlan plan = EvacuationPlan.of(SOURCE.id(), groups(30), List.of(SOURCE, full, half), Map.of());

        assertThat(counts(plan)).containsEntry(full.id(), 20).containsEntry(half.id(), 10);
    }

    @Test
    void aBackendThatHasMoreThanItsShareGetsNone() {
        Backend crowded = online(1, 100);
        Backend empty = online(2, 100);

        EvacuationPlan plan =
                EvacuationPlan.of(SOURCE.id(), groups(10), List.of(crowded, empty), Map.of(crowded.id(), 10));

        assertThat(counts(plan)).containsOnly(Map.entry(empty.id(), 10));
    }

    @Test
    void neitherTheSourceNorABackendThatTakesNoGroupsIsADestination() {
        Backend source = online(0, 100);
        Backend standby = backend(1, BackendStatus.STANDBY, 100);
        Backend drained = online(2, 0);
        Backend good = online(3, 1);

        EvacuationPlan plan =
                EvacuationPlan.of(source.id(), groups(3), List.of(source, standby, drained, good), Map.of());

        assertThat(counts(plan)).containsOnly(Map.entry(good.id(), 3));
        assertThat(EvacuationPlan.hasDestination(source.id(), List.of(source, standby, drained)))
                .isFalse();
    }

    @Test
    void withoutADestinationThereIsNoPlanButAnEmptyBackendNeedsNone() {
        assertThatThrownBy(() -> EvacuationPlan.of(SOURCE.id(), groups(1), List.of(SOURCE), Map.of()))
                .hasMessageContaining("no other backend is online");
        assertThat(EvacuationPlan.of(SOURCE.id(), List.of(), List.of(SOURCE), Map.of())
                        .moves())
                .isEmpty();
    }

    @Test
    void nobodyEndsMoreThanOneGroupAboveHisShareUnlessHeHadMoreBefore() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<Backend> backends = new ArrayList<>();
            Map<BackendId, Integer> now = new HashMap<>();
            for (int i = 1; i <= 1 + random.nextInt(8); i++) {
                Backend backend = online(i, 1 + random.nextInt(100));
                backends.add(backend);
                now.put(backend.id(), random.nextInt(60));
            }
            EvacuationPlan plan = EvacuationPlan.of(SOURCE.id(), groups(random.nextInt(200)), backends, now);

            double all = now.values().stream().mapToInt(Integer::intValue).sum()
                    + plan.moves().size();
            double factors =
                    backends.stream().mapToInt(b -> b.loadFactor().percent()).sum();
            Map<BackendId, Integer> got = counts(plan);
            for (Backend backend : backends) {
                int before = now.getOrDefault(backend.id(), 0);
                int after = before + got.getOrDefault(backend.id(), 0);
                double share = all * backend.loadFactor().percent() / factors;
                assertThat(after).as("round %d", round).isLessThanOrEqualTo(Math.max(before, (int) Math.ceil(share)));
            }
        }
    }
}
