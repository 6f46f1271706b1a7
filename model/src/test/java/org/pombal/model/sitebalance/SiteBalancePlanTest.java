package org.pombal.model.sitebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.groupsize.GroupSize;
import org.pombal.model.groupsize.UserTransfer;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.TagId;

class SiteBalancePlanTest {

    private static final SiteBalanceRules RULES = new SiteBalanceRules(0.2, 1_000, 20);

    private static Site site(int number) {
        return Site.added(new SiteId(new UUID(1, number)), "site" + number);
    }

    private static SiteUsers users(Site site, int capacity, long... groups) {
        List<GroupSize> sizes = new ArrayList<>();
        for (long users : groups) {
            sizes.add(new GroupSize(group(site, sizes.size() + 1, false), users));
        }
        return new SiteUsers(site, capacity, sizes);
    }

    private static UserGroup group(Site site, int number, boolean sticky) {
        UserGroup placed =
                UserGroup.placed(GroupId.numbered(site.id(), number), new BackendId(new UUID(2, 1)), Optional.empty());
        return new UserGroup(
                placed.id(), placed.owner(), Optional.empty(), Optional.empty(), placed.leaving(), 1, false, sticky);
    }

    @Test
    void usersGoFromTheFullestToTheEmptiestUntilTheyDifferByTheSlack() {
        SiteUsers full = users(site(1), 100, 700, 500);
        SiteUsers empty = users(site(2), 100, 400, 400);

        SiteBalancePlan plan = SiteBalancePlan.of(full.site(), List.of(full, empty), RULES);

        // Shares are 1,000 each: 1.2 and 0.8 become 1.1 and 0.9.
        assertThat(plan.users()).isEqualTo(100);
        assertThat(plan.transfers()).allSatisfy(transfer -> assertThat(transfer.from())
                .isEqualTo(GroupId.numbered(full.site().id(), 1)));
        assertThat(plan.before()).isCloseTo(1.2, within(1e-9));
        assertThat(plan.after()).isCloseTo(1.1, within(1e-6));
        assertThat(plan.reason()).isEqualTo("sites differ by 40 % of their share, more than 20 %");
        assertThat(SiteBalancePlan.of(empty.site(), List.of(full, empty), RULES).transfers())
                .isEmpty();
    }

    @Test
    void aSiteWithTwiceTheBackendsCarriesTwiceTheUsers() {
        SiteUsers large = users(site(1), 200, 2_000);
        SiteUsers small = users(site(2), 100, 1_000);

        assertThat(SiteBalancePlan.of(large.site(), List.of(large, small), RULES)
                        .transfers())
                .isEmpty();
    }

    @Test
    void stickyUsersStayAndNobodyComesToThem() {
        SiteUsers full = new SiteUsers(
                site(1),
                100,
                List.of(new GroupSize(group(site(1), 1, true), 1_500), new GroupSize(group(site(1), 2, false), 30)));
        SiteUsers empty = new SiteUsers(
                site(2),
                100,
                List.of(new GroupSize(group(site(2), 1, true), 0), new GroupSize(group(site(2), 2, false), 100)));

        SiteBalancePlan plan = SiteBalancePlan.of(full.site(), List.of(full, empty), RULES);

        assertThat(plan.transfers())
                .containsExactly(new UserTransfer(
                        GroupId.numbered(full.site().id(), 2),
                        GroupId.numbered(empty.site().id(), 2),
                        30));
        assertThat(plan.needed()).isGreaterThan(30);
    }

    @Test
    void onlySitesOfTheTagThatAreOnlineAndHaveBackendsTakePart() {
        SiteUsers full = users(site(1), 100, 1_000);
        Site tagged = site(2).withTag(Optional.of(new TagId(new UUID(5, 5))));

        assertThat(SiteBalancePlan.of(
                                full.site(),
                                List.of(
                                        full,
                                        users(tagged, 100, 1),
                                        users(site(3).withStatus(SiteStatus.STANDBY), 100, 1),
                                        users(site(4), 0, 1)),
                                RULES)
                        .reason())
                .isEqualTo("no other site of its tag is online with backends and groups");
    }

    @Test
    void noMoreLeaveThanADayAllows() {
        SiteUsers full = users(site(1), 100, 100_000);
        SiteUsers empty = users(site(2), 100, 0, 0);

        SiteBalancePlan plan = SiteBalancePlan.of(full.site(), List.of(full, empty), RULES);

        assertThat(plan.users()).isEqualTo(1_000);
        assertThat(plan.needed()).isEqualTo(45_000);
        assertThat(plan.reason()).endsWith("more users another day");
    }

    @Test
    void anEvacuationTakesAllOfThemToWhereThereIsRoom() {
        SiteUsers own = new SiteUsers(
                site(1).withStatus(SiteStatus.EVACUATE),
                0,
                List.of(new GroupSize(group(site(1), 1, true), 60), new GroupSize(group(site(1), 2, false), 40)));

        SiteBalancePlan plan =
                SiteBalancePlan.evacuation(own, List.of(own, users(site(2), 100, 100), users(site(3), 100, 50)), 500);

        assertThat(plan.users()).isEqualTo(100);
        assertThat(came(plan, site(2))).isEqualTo(25);
        assertThat(came(plan, site(3))).isEqualTo(75);
        assertThat(SiteBalancePlan.evacuation(own, List.of(own), 500).transfers())
                .isEmpty();
    }

    private static long came(SiteBalancePlan plan, Site to) {
        return plan.transfers().stream()
                .filter(transfer -> transfer.to().site().equals(to.id()))
                .mapToLong(UserTransfer::users)
                .sum();
    }

    @Test
    void whateverTheSitesTheirPlansTogetherBringThemIntoTheBand() {
        Random random = new Random(11);
        SiteBalanceRules rules = new SiteBalanceRules(0.1, 10_000_000, 20);
        for (int round = 0; round < 300; round++) {
            List<SiteUsers> sites = new ArrayList<>();
            for (int number = 1; number <= 2 + random.nextInt(5); number++) {
                long[] groups = random.longs(1 + random.nextInt(8), 500, 5_000).toArray();
                sites.add(users(site(number), 50 + random.nextInt(400), groups));
            }
            Map<GroupId, Long> has = new HashMap<>();
            sites.forEach(
                    site -> site.groups().forEach(group -> has.put(group.group().id(), group.users())));
            long all = sum(has);
            List<UserTransfer> transfers = new ArrayList<>();
            for (SiteUsers site : sites) {
                SiteBalancePlan plan = SiteBalancePlan.of(site.site(), sites, rules);
                assertThat(plan.transfers())
                        .as("round %d: a controller moves its own users only", round)
                        .allMatch(transfer -> transfer.from()
                                        .site()
                                        .equals(site.site().id())
                                && !transfer.to().site().equals(site.site().id()));
                transfers.addAll(plan.transfers());
            }
            transfers.forEach(transfer -> {
                has.merge(transfer.from(), -transfer.users(), Long::sum);
                has.merge(transfer.to(), transfer.users(), Long::sum);
            });
            assertThat(has.values()).as("round %d", round).allMatch(users -> users >= 0);
            assertThat(sum(has)).isEqualTo(all);
            double capacity = sites.stream().mapToInt(SiteUsers::capacity).sum();
            double[] levels = sites.stream()
                    .mapToDouble(site -> site.groups().stream()
                                    .mapToLong(group ->
                                            has.getOrDefault(group.group().id(), 0L))
                                    .sum()
                            / (all * site.capacity() / capacity))
                    .sorted()
                    .toArray();
            assertThat(levels[levels.length - 1] - levels[0])
                    .as("round %d", round)
                    .isLessThan(0.1 + 0.02);
        }
    }

    private static long sum(Map<GroupId, Long> users) {
        return users.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void parametersOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new SiteBalanceRules(0, 1, 1)).hasMessageContaining("slack");
        assertThatThrownBy(() -> new SiteBalanceRules(1, 0, 1)).hasMessageContaining("maxInPlan");
        assertThatThrownBy(() -> new SiteBalanceRules(1, 1, 0)).hasMessageContaining("maxInPass");
    }
}
