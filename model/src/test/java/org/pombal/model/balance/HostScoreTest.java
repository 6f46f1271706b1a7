package org.pombal.model.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HostScoreTest {

    @Test
    void scoresOfOneMakeOneHoweverMany() {
        for (HostScore score : HostScore.values()) {
            assertThat(score.of(Map.of("cpu", 1.0))).isCloseTo(1, within(1e-9));
            assertThat(score.of(Map.of("cpu", 1.0, "memused", 1.0, "sessions", 1.0)))
                    .isCloseTo(1, within(1e-9));
            assertThat(score.of(Map.of())).isZero();
        }
    }

    @Test
    void theSumLetsMetricsOffsetEachOtherAndTheDistanceDoesNot() {
        Map<String, Double> mixed = Map.of("cpu", 3.0, "memused", -1.0);

        assertThat(HostScore.SUM.of(mixed)).isCloseTo(1, within(1e-9));
        assertThat(HostScore.EUCLIDEAN.of(mixed)).isCloseTo(Math.sqrt(5), within(1e-9));
    }

    @Test
    void anIdleBackendIsNotAsBadAsABusyOne() {
        assertThat(HostScore.EUCLIDEAN.of(Map.of("cpu", -2.0, "memused", -2.0))).isCloseTo(-2, within(1e-9));
    }

    @Test
    void aScoreThatIsNoNumberIsRefusedByName() {
        assertThatThrownBy(() -> HostScore.SUM.of(Map.of("cache", Double.NaN))).hasMessageContaining("cache is NaN");
    }
}
