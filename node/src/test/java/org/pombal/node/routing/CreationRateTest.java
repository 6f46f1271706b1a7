package org.pombal.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreationRateTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final CreationRate rate = new CreationRate(10, now::get);

    @Test
    void aSecondsWorthPassesAtOnceAndThenTheRate() {
        assertThat(granted(50)).isEqualTo(10);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
        assertThat(granted(50)).isEqualTo(2);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(granted(50)).isEqualTo(1);
    }

    @Test
    void aLongSilenceSavesUpNoMoreThanASecondsWorth() {
        now.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(granted(50)).isEqualTo(10);
    }

    private long granted(int wishes) {
        return IntStream.range(0, wishes).filter(i -> rate.tryAcquire()).count();
    }
}
