package org.pombal.model.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskHoldTest {

    private final TaskHold hold = new TaskHold(Duration.ofNanos(100), 1_000);

    @Test
    void itLastsFromWhenTheTaskWasAskedFor() {
        assertThat(hold.isHeld(1_099)).isTrue();
        assertThat(hold.isHeld(1_100)).isFalse();
    }

    @Test
    void aRenewalCountsFromWhenItWasAskedFor() {
        hold.renewed(1_050, 1_090);
        assertThat(hold.isHeld(1_149)).isTrue();
        assertThat(hold.isHeld(1_150)).isFalse();
    }

    @Test
    void whoStoodStillForTooLongHasLostItWhateverARenewalSays() {
        hold.renewed(1_050, 5_000);
        assertThat(hold.isHeld(5_000)).isFalse();
        hold.renewed(5_000, 5_001);
        assertThat(hold.isHeld(5_002)).isFalse();
    }

    @Test
    void whatAnotherHasIsLost() {
        hold.taken();
        assertThat(hold.isHeld(1_001)).isFalse();
    }
}
