package org.pombal.model.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BalanceRulesTest {

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        assertThat(BalanceRules.DEFAULTS)
                .isEqualTo(new BalanceRules(3_000, 0.1, 0.02, 50, 5, Duration.ofHours(12), Duration.ofMinutes(5)));
    }

    @Test
    void valuesOutsideTheirRangeAreRefusedByName() {
        assertThatThrownBy(() -> new BalanceRules(-1, 0.1, 0.02, 50, 5, Duration.ZERO, Duration.ofMinutes(5)))
                .hasMessage("minSamples is 0 to 1000000, not -1");
        assertThatThrownBy(() -> new BalanceRules(0, Double.NaN, 0.02, 50, 5, Duration.ZERO, Duration.ofMinutes(5)))
                .hasMessageContaining("threshold is 0.0 to 10.0, not NaN");
        assertThatThrownBy(() -> new BalanceRules(0, 0.1, 0.02, 50, 5, Duration.ofDays(31), Duration.ofMinutes(5)))
                .hasMessageContaining("cooldown is PT0S to PT720H, not PT744H");
    }
}
