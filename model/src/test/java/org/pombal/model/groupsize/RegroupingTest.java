package org.pombal.model.groupsize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.model.groupsize.Sizes.SITE;
import static org.pombal.model.groupsize.Sizes.backend;
import static org.pombal.model.groupsize.Sizes.id;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;

class RegroupingTest {

    @Test
    void aNewGroupIsMadeBesideTheLargestAndTakesHalfOfIt() {
        Regrouping plan = Regrouping.of(SITE, new Sizes().on(1, 100).on(2, 60).groups, 2, 3);

        assertThat(plan.made()).containsOnly(Map.entry(id(3), backend(1)));
        assertThat(plan.transfers()).containsExactly(new UserTransfer(id(1), id(3), 50));
        assertThat(plan.retired()).isEmpty();
    }

    @Test
    void twiceAsManyGroupsMoveHalfOfTheUsers() {
        Regrouping plan = Regrouping.of(SITE, new Sizes().on(1, 100, 100).on(2, 100, 100).groups, 4, 8);

        assertThat(plan.users()).isEqualTo(200);
        assertThat(plan.made().values()).containsExactlyInAnyOrder(backend(1), backend(1), backend(2), backend(2));
    }

    @Test
    void usersOfAGroupThatEndsStayOnTheirBackend() {
        Regrouping plan = Regrouping.of(SITE, new Sizes().on(1, 10).on(2, 5).on(1, 30).groups, 3, 2);

        assertThat(plan.retired()).containsExactly(id(3));
        assertThat(plan.transfers()).containsExactly(new UserTransfer(id(3), id(1), 30));
    }

    @Test
    void withoutAGroupBesideTheyGoToTheSmallest() {
        Regrouping plan = Regrouping.of(SITE, new Sizes().on(1, 100).on(2, 5).on(3, 30).groups, 3, 2);

        assertThat(plan.transfers()).containsExactly(new UserTransfer(id(3), id(2), 30));
    }

    @Test
    void stickyAndMovingGroupsAreObjectedTo() {
        assertThat(Regrouping.of(SITE, new Sizes().on(1, 1).sticky(1, 1).moving(1, 1).groups, 3, 1)
                        .objections())
                .containsExactly("group default-2 ends, and is sticky-users", "group default-3 ends, and is moving");
        assertThat(Regrouping.of(SITE, new Sizes().sticky(1, 1).groups, 1, 2).objections())
                .hasSize(1);
    }

    @Test
    void thereIsNothingToPlanForTheSameCount() {
        assertThatThrownBy(() -> Regrouping.of(SITE, new Sizes().groups, 4, 4))
                .hasMessageContaining("from 4 groups to 4");
    }

    @Test
    void nobodyIsLostAndNoGroupIsOverdrawn() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            Sizes sizes = new Sizes();
            int from = 1 + random.nextInt(30);
            Map<GroupId, Long> users = new HashMap<>();
            for (int i = 1; i <= from; i++) {
                long some = random.nextInt(500);
                sizes.on(random.nextInt(4), some);
                users.put(id(i), some);
            }
            long before = users.values().stream().mapToLong(Long::longValue).sum();
            int to = 1 + random.nextInt(60);
            if (to == from) {
                continue;
            }
            Regrouping plan = Regrouping.of(SITE, sizes.groups, from, to);
            plan.transfers().forEach(transfer -> {
                users.merge(transfer.from(), -transfer.users(), Long::sum);
                users.merge(transfer.to(), transfer.users(), Long::sum);
            });
            assertThat(plan.objections()).isEmpty();
            assertThat(users.values()).as("round %d", round).allMatch(left -> left >= 0);
            assertThat(users.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(before);
            plan.retired().forEach(group -> assertThat(users.get(group)).isZero());
            assertThat(plan.made()).hasSize(Math.max(0, to - from));
        }
    }
}
