package org.pombal.model.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pombal.model.balance.Balances.NOW;
import static org.pombal.model.balance.Balances.RULES;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupId;

class LoadBalancerTest {

    private final Balances site = new Balances();

    @Test
    void theWorkedExampleOfTheDocumentation() {
        Backend full = site.backend(100);
        Backend half = site.backend(50);
        site.groups(full, 50, 10);
        site.groups(half, 40, 10);

        BalancePlan plan = site.plan();

        // 900 in all: shares are 600 and 300. b2 has 400, 133 % of its share; 10 groups of 10 go.
        assertThat(plan.before()).isCloseTo(400 / 300.0, within(1e-9));
        assertThat(plan.moves()).hasSize(10).allSatisfy(move -> {
            assertThat(move.from()).isEqualTo(half);
            assertThat(move.to()).isEqualTo(full);
        });
        assertThat(plan.moves().get(0).reason()).isEqualTo("b2 carries 133 % of its share, b1 83 %");
        assertThat(plan.after()).isCloseTo(1, within(1e-9));
        assertThat(plan.reason()).isEqualTo("loads differ by 50 % of the mean, more than 10 %");
    }

    @Test
    void whatIsWithinTheThresholdIsLeftAlone() {
        site.groups(site.backend(100), 52, 1);
        site.groups(site.backend(100), 48, 1);

        BalancePlan plan = site.plan();

        assertThat(plan.moves()).isEmpty();
        assertThat(plan.reason()).isEqualTo("loads differ by 8 % of the mean, not more than 10 %");
    }

    @Test
    void whatWasBalancedStaysBalanced() {
        Random random = new Random(5);
        for (int round = 0; round < 100; round++) {
            Balances many = new Balances();
            for (int i = 0; i < 10; i++) {
                many.backend(100);
            }
            for (int i = 0; i < 1_000; i++) {
                many.groups(many.backends.get(random.nextInt(10)), 1, random.nextInt(20));
            }
            BalancePlan plan = many.plan();
            Map<BackendId, Double> after = Balances.after(many.facts(), plan.moves());
            double mean =
                    after.values().stream().mapToDouble(Double::doubleValue).sum() / 10;
            if (!plan.moves().isEmpty()) {
                assertThat(after.values()).as("round %d", round).allSatisfy(load -> assertThat(load / mean)
                        .isBetween(1 - RULES.band() - 1e-9, 1 + RULES.band() + 1e-9));
            }
        }
    }

    @Test
    void aSingleHeavyGroupIsPreferredToManyLightOnes() {
        Backend crowded = site.backend(100);
        Backend other = site.backend(100);
        site.groups(crowded, 1, 20);
        site.groups(crowded, 100, 1);
        site.groups(other, 80, 1);

        assertThat(site.plan().moves()).hasSize(1).first().satisfies(move -> assertThat(move.load())
                .isEqualTo(20));
        assertThat(site.plan().leastMoves()).isEqualTo(1);
    }

    @Test
    void aNewBackendIsFilledByTheFewestMoves() {
        for (int i = 0; i < 9; i++) {
            site.groups(site.backend(100), 100, 1);
        }
        Backend empty = site.backend(100);

        BalancePlan plan = site.plan();

        assertThat(plan.moves()).allSatisfy(move -> assertThat(move.to()).isEqualTo(empty));
        // Its share is 90, and 2 % below that is enough.
        assertThat(plan.moves().size()).isBetween(89, 90);
    }

    @Test
    void groupsOnTheMoveCountWhereTheyGo() {
        Backend crowded = site.backend(100);
        Backend other = site.backend(100);
        site.groups(crowded, 50, 1);
        site.groups(other, 40, 1);
        for (int i = 0; i < 10; i++) {
            site.moving(crowded, other, 1);
        }

        assertThat(site.plan().moves()).isEmpty();
    }

    @Test
    void movesUnderWayLeaveRoomForFewer() {
        Backend crowded = site.backend(100);
        Backend other = site.backend(100);
        site.groups(crowded, 400, 1);
        for (int i = 0; i < 30; i++) {
            site.moving(crowded, other, 1);
        }

        BalancePlan plan = site.plan();

        assertThat(plan.moves().size()).isGreaterThan(100);
        assertThat(plan.now()).hasSize(RULES.maxMoves() - 30);
    }

    @Test
    void stickyAndRestingGroupsStayAndTheBoundSaysSo() {
        Backend crowded = site.backend(100);
        Backend other = site.backend(100);
        site.sticky(crowded, 60);
        site.moved(crowded, 20, Duration.ofHours(11));
        site.groups(other, 20, 1);

        BalancePlan plan = site.plan();

        assertThat(plan.moves()).isEmpty();
        assertThat(plan.floor()).isCloseTo(1.6, within(1e-9));
        assertThat(plan.after()).isCloseTo(1.6, within(1e-9));
    }

    @Test
    void aGroupThatHasRestedMovesAgain() {
        Backend crowded = site.backend(100);
        site.backend(100);
        site.moved(crowded, 10, Duration.ofHours(12));
        site.moved(crowded, 10, Duration.ofHours(13));

        assertThat(site.plan().moves()).hasSize(1);
    }

    @Test
    void aGroupHeavierThanAnyShareStaysAndIsNamed() {
        Backend crowded = site.backend(100);
        site.groups(crowded, 1, 100);
        site.groups(crowded, 10, 1);
        site.groups(site.backend(100), 10, 1);

        BalancePlan plan = site.plan();

        assertThat(plan.notes()).singleElement().asString().contains("default-1 on b1 is heavier");
        assertThat(plan.moves()).hasSize(10).allSatisfy(move -> assertThat(move.load())
                .isEqualTo(1));
        assertThat(plan.after()).isCloseTo(plan.floor(), within(1e-9));
    }

    @Test
    void aBackendWithLoadFactorZeroLosesGroupsAtTheSetRateWithoutAnySamples() {
        Backend drained = site.backend(0);
        Backend other = site.backend(100);
        site.groups(drained, 20, 1);
        site.sticky(drained, 50);
        site.moving(drained, other, 1);
        site.samples = 0;

        BalancePlan plan = site.plan();

        assertThat(plan.moves()).hasSize(RULES.drainMoves() - 1).allSatisfy(move -> {
            assertThat(move.from()).isEqualTo(drained);
            assertThat(move.load()).isEqualTo(1);
            assertThat(move.reason()).contains("b1 is drained (load factor 0)");
        });
    }

    @Test
    void groupsOfOfflineAndStandbyBackendsAreLeftAlone() {
        site.groups(site.backend(BackendStatus.OFFLINE, 100), 50, 1);
        site.groups(site.backend(BackendStatus.STANDBY, 100), 50, 1);
        site.groups(site.backend(100), 10, 1);
        site.groups(site.backend(100), 10, 1);

        assertThat(site.plan().moves()).isEmpty();
    }

    @Test
    void nothingIsBalancedOnTooFewOldOrFutureSamples() {
        Backend crowded = site.backend(100);
        site.backend(100);
        site.groups(crowded, 100, 1);
        assertThat(site.plan().moves()).isNotEmpty();

        site.samples = 2_999;
        assertThat(site.plan()).satisfies(plan -> {
            assertThat(plan.moves()).isEmpty();
            assertThat(plan.reason()).isEqualTo("there are 2999 samples of the load, fewer than 3000");
        });
        site.samples = 3_000;
        site.measuredAt = NOW.minus(RULES.maxAge()).minusSeconds(1);
        assertThat(site.plan()).satisfies(plan -> {
            assertThat(plan.moves()).isEmpty();
            assertThat(plan.reason()).contains("301 s ago");
        });
        site.measuredAt = NOW.plus(RULES.maxAge()).plusSeconds(1);
        assertThat(site.plan()).satisfies(plan -> {
            assertThat(plan.moves()).isEmpty();
            assertThat(plan.reason()).contains("a clock is wrong");
        });
    }

    @Test
    void aSiteWithoutDestinationsHasNoPlanAndSaysWhy() {
        site.groups(site.backend(0), 10, 1);

        assertThat(site.plan().moves()).isEmpty();
        assertThat(site.plan().reason()).isEqualTo("no backend is online with a load factor above 0");
    }

    @Test
    void aHeavyGroupIsExchangedForALighterOneWhereThereIsNoRoomForIt() {
        Backend first = site.backend(100);
        Backend second = site.backend(100);
        site.groups(first, 2, 60);
        site.groups(second, 2, 50);

        // 120 and 100: no single move helps, 60 against 50 makes both 110.
        BalancePlan plan = site.plan();

        assertThat(plan.moves()).hasSize(2);
        assertThat(plan.after()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aStickyHeavyGroupDoesNotMakeRoomForAnother() {
        Backend first = site.backend(100);
        Backend second = site.backend(100);
        site.sticky(first, 100);
        site.groups(second, 1, 100);
        site.groups(second, 10, 1);
        site.groups(site.backend(100), 10, 1);

        BalancePlan plan = site.plan();

        assertThat(plan.notes()).hasSize(1);
        assertThat(plan.moves()).hasSize(10).allSatisfy(move -> assertThat(move.load())
                .isEqualTo(1));
        assertThat(plan.after()).isLessThanOrEqualTo(plan.floor() * 1.02);
    }

    @Test
    void aGroupTooHeavyForItsBackendGoesToOneWithAHigherLoadFactorThatMakesRoom() {
        Backend small = site.backend(20);
        Backend large = site.backend(100);
        site.groups(small, 1, 50);
        site.groups(large, 70, 1);

        // Shares are 20 and 100: the heavy group fits on b2 only when b2 has given b1 its fill.
        BalancePlan plan = site.plan();

        assertThat(plan.moves()).first().satisfies(move -> assertThat(move.load())
                .isEqualTo(50));
        assertThat(plan.moves()).hasSize(21);
        assertThat(plan.after()).isCloseTo(1, within(0.02));
    }

    @Test
    void noPlanEverBreaksARuleOrMakesThingsWorse() {
        for (int seed = 0; seed < 200; seed++) {
            Balances any = Balances.random(new Random(seed));
            BalanceFacts facts = any.facts();
            BalancePlan plan = any.plan();

            Set<GroupId> once = new HashSet<>();
            for (BalanceMove move : plan.moves()) {
                assertThat(once.add(move.group().id()))
                        .as("seed %d: moved once", seed)
                        .isTrue();
                assertThat(move.group().stickyBackend()).as("seed %d", seed).isFalse();
                assertThat(move.group().isMoving()).as("seed %d", seed).isFalse();
                assertThat(move.group().backend())
                        .as("seed %d", seed)
                        .isEqualTo(move.from().id());
                assertThat(move.from()).as("seed %d", seed).isNotEqualTo(move.to());
                assertThat(move.to().takesNewGroups()).as("seed %d", seed).isTrue();
                assertThat(move.from().status()).as("seed %d", seed).isEqualTo(BackendStatus.ONLINE);
            }
            boolean drains = plan.moves().stream()
                    .anyMatch(move -> move.from().loadFactor().percent() == 0);
            if (!drains) {
                assertThat(plan.after()).as("seed %d", seed).isLessThanOrEqualTo(plan.before() + 1e-9);
                assertThat(plan.after()).as("seed %d", seed).isGreaterThanOrEqualTo(plan.floor() * (1 - RULES.band()));
            }
            assertThat(any.plan()).as("seed %d: the same again", seed).isEqualTo(plan);
            Map<BackendId, Double> after = Balances.after(facts, plan.moves());
            double factors = any.backends.stream()
                    .filter(Backend::takesNewGroups)
                    .mapToInt(one -> one.loadFactor().percent())
                    .sum();
            double all = any.backends.stream()
                    .filter(Backend::takesNewGroups)
                    .mapToDouble(one -> after.getOrDefault(one.id(), 0.0))
                    .sum();
            double peak = any.backends.stream()
                    .filter(Backend::takesNewGroups)
                    .mapToDouble(one -> all == 0
                            ? 1
                            : after.getOrDefault(one.id(), 0.0)
                                    * factors
                                    / (all * one.loadFactor().percent()))
                    .max()
                    .orElse(1);
            if (factors > 0) {
                assertThat(peak).as("seed %d: as promised", seed).isCloseTo(plan.after(), within(1e-6));
            }
        }
    }
}
