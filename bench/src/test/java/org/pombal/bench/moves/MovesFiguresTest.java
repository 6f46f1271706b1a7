package org.pombal.bench.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MovesFiguresTest {

    private static final long MS = 1_000_000;
    private static final double EXACT = 1e-9;

    /** The n-th user loses the session n × 10 ms after the change, for n ms. */
    private static List<Outage> outages(int users) {
        return LongStream.rangeClosed(1, users)
                .mapToObj(n -> new Outage(1000 * MS + 10 * n * MS, 1000 * MS + 11 * n * MS, n == 1 ? 2 : 0))
                .toList();
    }

    @Test
    void pausesAreCountedFromTheEndOfTheSession() {
        MovesFigures figures = MovesFigures.of(100, 1000 * MS, outages(100), 0);

        assertThat(figures.pauseMillis(0.5)).isEqualTo(50, within(EXACT));
        assertThat(figures.pauseMillis(0.99)).isEqualTo(99, within(EXACT));
        assertThat(figures.pauseMillis(1)).isEqualTo(100, within(EXACT));
        assertThat(figures.refused()).isEqualTo(2);
    }

    @Test
    void theRestIsCountedFromTheChange() {
        MovesFigures figures = MovesFigures.of(100, 1000 * MS, outages(100), 0);

        assertThat(figures.lastLeft()).isEqualTo(1.0, within(EXACT));
        assertThat(figures.backSeconds(1)).isEqualTo(1.1, within(EXACT));
        assertThat(figures.allAreBack()).isTrue();
    }

    @Test
    void whoIsNotInAgainIsNotCountedAsQuick() {
        MovesFigures nobody = MovesFigures.of(3, 1000 * MS, List.of(), 3);

        assertThat(nobody.allAreBack()).isFalse();
        assertThat(nobody.pauseMillis(0.99)).isNaN();
        assertThat(MovesFigures.of(3, 1000 * MS, outages(2), 1).allAreBack()).isFalse();
    }
}
