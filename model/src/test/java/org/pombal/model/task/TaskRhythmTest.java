package org.pombal.model.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskRhythmTest {

    private static final Instant NOW = Instant.parse("2026-11-28T01:00:42Z");
    private final TaskRhythm minutely = new TaskRhythm("pulse-high", Duration.ofMinutes(1));

    @Test
    void twoThatLookInOneSlotNameTheSameTask() {
        long slot = minutely.due(NOW, Optional.empty()).orElseThrow();
        assertThat(minutely.due(NOW.plusSeconds(15), Optional.empty())).contains(slot);
        assertThat(minutely.id(slot)).isEqualTo(new TaskId("pulse-high@2026-11-28T01:00:00Z"));
        assertThat(minutely.endOf(slot)).isEqualTo("2026-11-28T01:01:00Z");
    }

    @Test
    void aSlotIsSeenToOnce() {
        long slot = minutely.due(NOW, Optional.empty()).orElseThrow();
        assertThat(minutely.due(NOW, Optional.of(slot))).isEmpty();
        assertThat(minutely.due(NOW.plusSeconds(18), Optional.of(slot))).contains(slot + 1);
    }

    @Test
    void slotsThatNobodySawAreNotMadeUpForAndAClockThatGoesBackAddsNone() {
        long slot = minutely.due(NOW, Optional.empty()).orElseThrow();
        assertThat(minutely.due(NOW.plus(Duration.ofHours(1)), Optional.of(slot)))
                .contains(slot + 60);
        assertThat(minutely.due(NOW.minus(Duration.ofHours(1)), Optional.of(slot)))
                .isEmpty();
    }

    @Test
    void aSlotThatIsAlmostOverIsLeftToTheNext() {
        assertThat(minutely.due(NOW.plusMillis(16_000), Optional.empty())).isPresent();
        assertThat(minutely.due(NOW.plusMillis(16_001), Optional.empty())).isEmpty();
        assertThat(minutely.due(NOW.plusMillis(18_000), Optional.empty())).isPresent();
        TaskRhythm often = new TaskRhythm("pulse", Duration.ofSeconds(1));
        assertThat(often.due(NOW.plusMillis(900), Optional.empty())).isPresent();
        assertThat(often.due(NOW.plusMillis(901), Optional.empty())).isEmpty();
    }

    @Test
    void anIdNamesNothingThatIsNoKey() {
        assertThatThrownBy(() -> new TaskId("a b")).hasMessageContaining("'a b'");
        assertThatThrownBy(() -> new TaskId("")).hasMessageContaining("1 to 128");
        assertThatThrownBy(() -> new TaskRhythm("x", Duration.ofMillis(999))).hasMessageContaining("too quick");
    }
}
