package org.pombal.model.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnershipTimingsTest {

    private static OwnershipTimings with(
            Duration trust, Duration kill, Duration window, Duration hold, Duration limit) {
        OwnershipTimings d = OwnershipTimings.DEFAULT;
        return new OwnershipTimings(
                d.renewEvery(),
                trust,
                kill,
                window,
                d.readEvery(),
                d.readGap(),
                hold,
                limit,
                d.retry(),
                d.pending(),
                d.kick(),
                d.loginHold(),
                d.deliveryHold(),
                d.deliveryShare());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @Test
    void slowMachinesMayHaveAllTimesLongerButTheHolds() {
        assertThat(OwnershipTimings.DEFAULT.times(4).trust()).isEqualTo(seconds(16));
        assertThat(OwnershipTimings.DEFAULT.times(4).breakWindow()).isEqualTo(seconds(24));
        assertThat(OwnershipTimings.DEFAULT.times(4).loginHold()).isEqualTo(seconds(10));
        assertThat(OwnershipTimings.DEFAULT.times(4).deliveryHold()).isEqualTo(seconds(1));
    }

    @Test
    void aLeaseMustNotBeBrokenWhileProcessesMayLive() {
        assertThatThrownBy(() -> with(seconds(5.5), seconds(0.5), seconds(6), seconds(9), seconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("break window (PT6S)");
    }

    @Test
    void aVoterMustNotSpeakForBothSidesWithinOneTrust() {
        assertThatThrownBy(() -> with(seconds(4), seconds(0.5), seconds(6), seconds(6), seconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a poll (PT2S)");
    }

    @Test
    void timesAreNotZero() {
        assertThatThrownBy(() -> with(Duration.ZERO, seconds(0.5), seconds(6), seconds(6), seconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive");
    }
}
