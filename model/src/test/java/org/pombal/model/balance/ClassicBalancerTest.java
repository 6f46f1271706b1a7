package org.pombal.model.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;

class ClassicBalancerTest {

    private static final BalanceRules RULES =
            new BalanceRules(3_000, 1, 0.02, 1, 1, Duration.ofHours(12), Duration.ofMinutes(5));

    private final Balances site = new Balances();
    private final Backend worst = site.backend(100);
    private final Backend middle = site.backend(100);
    private final Backend best = site.backend(100);
    private final Map<BackendId, Double> scores = Map.of(worst.id(), 1.5, middle.id(), 0.0, best.id(), -1.5);

    @Test
    void oneGroupGoesFromTheWorstToTheBest() {
        site.sticky(worst, 1);
        site.moved(worst, 1, Duration.ofDays(1));
        site.moved(worst, 1, Duration.ofDays(2));

        BalancePlan plan = ClassicBalancer.plan(site.facts(), RULES, scores);

        assertThat(plan.now()).singleElement().satisfies(move -> {
            assertThat(move.group().id().name()).isEqualTo("default-3");
            assertThat(move.from()).isEqualTo(worst);
            assertThat(move.to()).isEqualTo(best);
            assertThat(move.reason()).isEqualTo("the score of b1 is 3.0 above that of b3, more than 1.0");
        });
    }

    @Test
    void nothingMovesWithinTheThresholdNorWhileAGroupIsOnTheMove() {
        site.groups(worst, 3, 1);
        assertThat(ClassicBalancer.plan(site.facts(), RULES, Map.of(worst.id(), 0.5, best.id(), -0.5))
                        .now())
                .isEmpty();

        site.moving(middle, best, 1);
        assertThat(ClassicBalancer.plan(site.facts(), RULES, scores)).satisfies(plan -> {
            assertThat(plan.now()).isEmpty();
            assertThat(plan.reason()).isEqualTo("a group is on the move");
        });
    }

    @Test
    void itNeedsSamplesAndTwoScores() {
        site.groups(worst, 3, 1);
        assertThat(ClassicBalancer.plan(site.facts(), RULES, Map.of(worst.id(), 9.0))
                        .reason())
                .contains("fewer than two");

        site.samples = 10;
        assertThat(ClassicBalancer.plan(site.facts(), RULES, scores).now()).isEmpty();
    }
}
