package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.model.statistics.TrafficMeter.Sample;

class TrafficMeterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TrafficMeter<String> meter = new TrafficMeter<>(Duration.ofHours(1));

    private GroupTraffic mean() {
        return mean(meter);
    }

    private static GroupTraffic mean(TrafficMeter<String> of) {
        return requireNonNull(of.means().get("a"), "not measured");
    }

    private void minutes(int count, Sample sample) {
        for (int i = 0; i < count; i++) {
            meter.add(MINUTE, Map.of("a", sample));
        }
    }

    @Test
    void whatIsSteadyIsItsMeanFromTheFirstSampleOn() {
        for (int minute = 1; minute <= 300; minute++) {
            minutes(1, new Sample(12, 30, 6));

            assertThat(mean().sessions()).isCloseTo(12, within(1e-9));
            assertThat(mean().logins()).isCloseTo(0.5, within(1e-9));
            assertThat(mean().deliveries()).isCloseTo(0.1, within(1e-9));
            assertThat(mean().measured()).isEqualTo(MINUTE.multipliedBy(minute));
        }
    }

    @Test
    void theIntervalBetweenSamplesDoesNotMatter() {
        TrafficMeter<String> often = new TrafficMeter<>(Duration.ofHours(1));

        minutes(10, new Sample(10, 60, 0));
        minutes(10, new Sample(20, 120, 0));
        for (int i = 0; i < 1200; i++) {
            often.add(Duration.ofSeconds(1), Map.of("a", i < 600 ? new Sample(10, 1, 0) : new Sample(20, 2, 0)));
        }

        assertThat(mean(often).sessions()).isCloseTo(mean().sessions(), within(1e-6));
        assertThat(mean(often).logins()).isCloseTo(mean().logins(), within(1e-6));
    }

    @Test
    void aWindowAgoCountsLittleMoreThanAThird() {
        minutes(3000, new Sample(100, 0, 0));

        minutes(60, Sample.NONE);

        assertThat(mean().sessions()).isCloseTo(100 / Math.E, within(0.01));
    }

    @Test
    void aGroupThatWentAndComesBackBeginsAnew() {
        minutes(100, new Sample(100, 0, 0));
        meter.add(MINUTE, Map.of("b", Sample.NONE));
        assertThat(meter.means()).containsOnlyKeys("b");

        minutes(1, new Sample(2, 0, 0));

        assertThat(mean().sessions()).isCloseTo(2, within(1e-9));
        assertThat(mean().measured()).isEqualTo(MINUTE);
    }

    @Test
    void samplesWithoutTimeBetweenThemAreRefused() {
        assertThatThrownBy(() -> meter.add(Duration.ZERO, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time passed is PT0S");
    }

    @Test
    void aLoginWeighsAsMuchAsASessionOfThatLength() {
        GroupTraffic traffic = new GroupTraffic(5, 0.5, 0.25, MINUTE);

        assertThat(traffic.load(Duration.ofSeconds(20))).isEqualTo(20);
        assertThat(traffic.load(Duration.ZERO)).isEqualTo(5);
    }
}
