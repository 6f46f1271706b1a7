package org.pombal.model.evacuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.evacuation.EvacuationPace.Progress;

class EvacuationPaceTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final EvacuationPace FULL = new EvacuationPace(Optional.empty(), 50);
    private static final EvacuationPace SIX = new EvacuationPace(Optional.of(6), 50);

    private static Progress progress(long total, long waiting, long moving) {
        return new Progress(NOON, total, waiting, moving);
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    @Test
    void atFullRateAsManyMoveAsMayAtOnce() {
        assertThat(FULL.due(progress(100, 100, 0), NOON)).isEqualTo(50);
        assertThat(FULL.due(progress(100, 50, 50), after(1))).isZero();
        assertThat(FULL.due(progress(100, 20, 10), after(60))).isEqualTo(20);
    }

    @Test
    void atASetRateTheyBeginEvenly() {
        long waiting = 100;
        for (int seconds = 0; seconds <= 600; seconds += 5) {
            waiting -= SIX.due(progress(100, waiting, 0), after(seconds));
            assertThat(100 - waiting).as("after %d s", seconds).isBetween(seconds / 10L, seconds / 10L + 1);
        }
        assertThat(waiting).isEqualTo(39);
    }

    @Test
    void aRateBeginsNoMoreThanMayMoveAtOnce() {
        EvacuationPace few = new EvacuationPace(Optional.of(1_000), 3);

        assertThat(few.due(progress(100, 100, 0), after(60))).isEqualTo(3);
        assertThat(few.due(progress(100, 97, 3), after(120))).isZero();
    }

    @Test
    void groupsThatCameLaterAreMovedToo() {
        assertThat(SIX.due(progress(10, 12, 0), after(0))).isEqualTo(1);
        assertThat(progress(10, 12, 0).done()).isZero();
    }

    @Test
    void theTimeLeftIsAsItWentSoFar() {
        assertThat(FULL.left(progress(100, 60, 15), after(50))).contains(Duration.ofSeconds(150));
        assertThat(FULL.left(progress(100, 50, 50), after(50))).isEmpty();
        assertThat(FULL.left(progress(100, 0, 0), after(50))).contains(Duration.ZERO);
    }

    @Test
    void aRateIsALimitAndNoPromise() {
        assertThat(SIX.left(progress(100, 100, 0), NOON))
                .contains(Duration.ofMinutes(16).plusSeconds(40));
        // In 100 s 11 began and 2 arrived: the moves are slower than the rate.
        assertThat(SIX.left(progress(100, 89, 9), after(100))).contains(Duration.ofSeconds(4_900));
        assertThat(SIX.left(progress(100, 90, 0), after(100))).contains(Duration.ofMinutes(15));
    }

    @Test
    void aClockThatWasSetBackBeginsNothingNew() {
        assertThat(SIX.due(progress(100, 90, 0), after(-1_000))).isZero();
        assertThat(FULL.left(progress(100, 90, 0), after(-1_000))).isEmpty();
    }

    @Test
    void parametersOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new EvacuationPace(Optional.of(0), 1)).hasMessageContaining("perMinute");
        assertThatThrownBy(() -> new EvacuationPace(Optional.empty(), 0)).hasMessageContaining("atOnce");
        assertThatThrownBy(() -> progress(1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
