package org.pombal.model.groupsize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.groupsize.Sizes.id;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;

class GroupSizePlanTest {

    private static final GroupSizeRules RULES = GroupSizeRules.DEFAULTS;

    @Test
    void theWorkedExampleOfTheDocumentation() {
        GroupSizePlan plan = GroupSizePlan.of(new Sizes().on(1, 1_200, 1_000, 950, 850).groups, RULES);

        // The mean is 1,000; groups may differ by 200, and differ by 350. Of 76 steps each takes one off the top and
        // adds one below.
        assertThat(plan.users()).isEqualTo(plan.transfers().get(0).users()).isEqualTo(75);
        assertThat(plan.transfers()).containsExactly(new UserTransfer(id(1), id(4), 75));
        assertThat(plan.reasons().get(0)).endsWith("have 850 to 1200 users; 75 users change groups");
    }

    @Test
    void groupsOfLikeSizeAreLeftAlone() {
        assertThat(GroupSizePlan.of(new Sizes().on(1, 110, 90).on(2, 0, 1).on(3, 7).groups, RULES))
                .isEqualTo(new GroupSizePlan(java.util.List.of(), java.util.List.of()));
    }

    @Test
    void nobodyChangesBackends() {
        assertThat(GroupSizePlan.of(new Sizes().on(1, 500, 500).on(2, 100, 100).groups, RULES)
                        .transfers())
                .isEmpty();
    }

    @Test
    void stickyUsersAndMovingGroupsAreLeftOut() {
        assertThat(GroupSizePlan.of(
                                new Sizes().sticky(1, 5_000).moving(1, 9_000).on(1, 100, 100).groups, RULES)
                        .transfers())
                .isEmpty();
    }

    @Test
    void aFullPlanTakesTheWorstBackendFirst() {
        Sizes sizes = new Sizes().on(1, 300, 100).on(2, 4_000, 10);

        GroupSizePlan plan = GroupSizePlan.of(sizes.groups, new GroupSizeRules(0.2, 100, 50));

        assertThat(plan.transfers()).containsExactly(new UserTransfer(id(3), id(4), 100));
        assertThat(plan.reasons().get(0)).endsWith("100 users change groups, more another day");
    }

    @Test
    void noFewerUsersCouldDoIt() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            long[] users = random.longs(2 + random.nextInt(8), 0, 300).toArray();
            GroupSizePlan plan =
                    GroupSizePlan.of(new Sizes().on(1, users).groups, new GroupSizeRules(0.2, 100_000, 50));

            Map<GroupId, Long> after = new HashMap<>();
            double mean = 0;
            for (int i = 0; i < users.length; i++) {
                after.put(id(i + 1), users[i]);
                mean += (double) users[i] / users.length;
            }
            for (UserTransfer transfer : plan.transfers()) {
                after.merge(transfer.from(), -transfer.users(), Long::sum);
                after.merge(transfer.to(), transfer.users(), Long::sum);
            }
            long most = after.values().stream().mapToLong(Long::longValue).max().orElse(0);
            long least =
                    after.values().stream().mapToLong(Long::longValue).min().orElse(0);
            assertThat(most - least).as("round %d", round).isLessThanOrEqualTo(Math.max(1, (long) (0.2 * mean)));
            assertThat(plan.users()).as("round %d", round).isEqualTo(fewest(users, Math.max(1, (long) (0.2 * mean))));
        }
    }

    /** By trying every window that is as high as groups may differ. */
    private static long fewest(long[] users, long width) {
        long best = Long.MAX_VALUE;
        for (long low = 0; low <= 300; low++) {
            long out = 0;
            long in = 0;
            for (long some : users) {
                out += Math.max(0, some - low - width);
                in += Math.max(0, low - some);
            }
            best = Math.min(best, Math.max(out, in));
        }
        return best;
    }
}
