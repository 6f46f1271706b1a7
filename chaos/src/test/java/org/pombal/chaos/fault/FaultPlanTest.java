package org.pombal.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pombal.chaos.history.Round;

class FaultPlanTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static List<Step> steps(long seed) {
        return new FaultPlan(seed, 2, 3, 3, 1, false).steps(HOUR);
    }

    @Test
    void aSeedIsAPlan() {
        assertThat(steps(7)).isEqualTo(steps(7)).isNotEqualTo(steps(8));
    }

    @Test
    void aShorterRunIsTheBeginningOfALongerOne() {
        List<Step> few = new FaultPlan(7, 2, 3, 3, 1, false).steps(Duration.ofMinutes(3));
        assertThat(steps(7)).startsWith(few.toArray(Step[]::new));
    }

    @Test
    void everyKindComesBeforeAnyComesAgain() {
        assertThat(steps(7).subList(0, FaultKind.values().length))
                .extracting(step -> step.faults().get(0).kind())
                .containsExactlyInAnyOrder(FaultKind.values());
    }

    @Test
    void aSiteNeverLosesTwoHostsOfAKind() {
        for (int seed = 1; seed <= 50; seed++) {
            for (Step step : steps(seed)) {
                assertThat(step.faults()).extracting(fault -> fault.kind().on()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void nothingIsBrokenWhileMovesMayNotFail() {
        for (Step step : steps(7)) {
            if (step.faults().stream().anyMatch(fault -> fault.kind().judged() == Round.Kind.PLANNED)) {
                assertThat(step.faults()).hasSize(1);
            }
        }
    }

    @Test
    void aHostThatIsStoppedGoesOnBeforeItsLeaseEnds() {
        steps(7).stream()
                .flatMap(step -> step.faults().stream())
                .filter(fault -> fault.kind() == FaultKind.HOST_STOPPED)
                .forEach(fault -> assertThat(fault.lasts()).isLessThan(Duration.ofSeconds(3)));
    }

    @Test
    void aHostThatIsFencedMayStandStillForLonger() {
        assertThat(new FaultPlan(7, 2, 3, 3, 1, true)
                        .steps(HOUR).stream()
                                .flatMap(step -> step.faults().stream())
                                .filter(fault -> fault.kind() == FaultKind.HOST_STOPPED))
                .anySatisfy(fault -> assertThat(fault.lasts()).isGreaterThan(Duration.ofSeconds(8)));
    }

    @Test
    void everyHostHasItsTurn() {
        assertThat(steps(7).stream()
                        .flatMap(step -> step.faults().stream())
                        .filter(fault -> fault.kind() == FaultKind.HOST_KILLED)
                        .mapToInt(Fault::number)
                        .distinct())
                .containsExactlyInAnyOrder(1, 2, 3);
    }
}
