package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pombal.model.statistics.CountingWindow.Reading;
import org.pombal.model.statistics.CountingWindow.Span;

class CountingWindowTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CountingWindow<String> window = new CountingWindow<>(MINUTE);
    private Instant countingSince = START.minusSeconds(1000);

    private static Counts counts(long attempts, long successes, long refused) {
        return new Counts(
                attempts,
                successes,
                Map.of(FailureKind.CONNECT, refused),
                Duration.ofMillis(20).multipliedBy(successes));
    }

    private Optional<Span<String>> read(long second, Map<String, Counts> counters) {
        return window.add(new Reading<>(START.plusSeconds(second), countingSince, counters));
    }

    private Counts b1(long second, Counts counter) {
        return requireNonNull(
                read(second, Map.of("b1", counter)).orElseThrow().counts().get("b1"));
    }

    @Test
    void theFirstReadingSaysOnlyWhereCountersStand() {
        assertThat(read(0, Map.of("b1", counts(1000, 900, 7)))).isEmpty();
        assertThat(b1(10, counts(1010, 909, 8))).isEqualTo(counts(10, 9, 1));
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        read(0, Map.of("b1", counts(0, 0, 0)));
        b1(10, counts(100, 0, 100));
        for (int second = 20; second <= 60; second += 10) {
            assertThat(b1(second, counts(100, 0, 100)).attempts()).isEqualTo(100);
        }

        assertThat(b1(70, counts(100, 0, 100))).isEqualTo(Counts.NONE);
    }

    @Test
    void theWindowIsAsLongAsAskedForAndLittleLonger() {
        Random random = new Random(3);
        Instant last = START;
        read(0, Map.of());
        for (long second = 1; second < 1000; second += 1 + random.nextInt(5)) {
            Span<String> span = read(second, Map.of()).orElseThrow();
            assertThat(span.until()).isEqualTo(START.plusSeconds(second));
            Duration length = Duration.between(span.from(), span.until());
            assertThat(length).isLessThanOrEqualTo(MINUTE.plusSeconds(6 + 5));
            if (second > 60) {
                assertThat(length).isGreaterThanOrEqualTo(MINUTE);
            }
            assertThat(span.from()).isAfterOrEqualTo(START);
            last = span.until();
        }
        assertThat(last).isAfter(START.plusSeconds(900));
    }

    @Test
    void whatIsCountedFirstDuringTheWindowBeganAtZero() {
        read(0, Map.of("b1", counts(5, 5, 0)));

        Map<String, Counts> counted = read(10, Map.of("b1", counts(5, 5, 0), "b2", counts(3, 1, 2)))
                .orElseThrow()
                .counts();

        assertThat(counted).containsExactlyInAnyOrderEntriesOf(Map.of("b1", Counts.NONE, "b2", counts(3, 1, 2)));
    }

    @Test
    void afterARestartOfTheCounterAllOfItIsNew() {
        read(0, Map.of("b1", counts(50, 50, 0)));
        b1(10, counts(60, 60, 0));
        countingSince = START.plusSeconds(12);

        assertThat(b1(20, counts(70, 65, 5))).isEqualTo(counts(80, 75, 5));
    }

    @Test
    void aGapBetweenReadingsIsPartOfTheWindow() {
        read(0, Map.of("b1", counts(0, 0, 0)));
        b1(10, counts(1, 1, 0));

        Span<String> span = read(500, Map.of("b1", counts(9, 9, 0))).orElseThrow();

        assertThat(span.from()).isEqualTo(START.plusSeconds(10));
        assertThat(span.counts()).containsEntry("b1", counts(8, 8, 0));
    }

    @Test
    void whenTheClockIsSetBackTheWindowBeginsAnew() {
        read(100, Map.of("b1", counts(0, 0, 0)));
        b1(110, counts(10, 10, 0));

        assertThat(read(50, Map.of("b1", counts(20, 20, 0)))).isEmpty();
        assertThat(b1(60, counts(21, 21, 0))).isEqualTo(counts(1, 1, 0));
    }

    @Test
    void latencyIsTheMeanOfSuccesses() {
        assertThat(counts(10, 8, 2).latency()).contains(Duration.ofMillis(20));
        assertThat(counts(2, 0, 2).latency()).isEmpty();
    }

    @Test
    void failuresAddUpByKind() {
        Counts refused = new Counts(3, 0, Map.of(FailureKind.AUTHENTICATION, 2L, FailureKind.OTHER, 0L), Duration.ZERO);

        Counts sum = refused.plus(counts(1, 0, 1));

        assertThat(sum.failures()).isEqualTo(Map.of(FailureKind.AUTHENTICATION, 2L, FailureKind.CONNECT, 1L));
        assertThat(sum.allFailures()).isEqualTo(3);
        assertThat(sum.since(refused)).isEqualTo(counts(1, 0, 1));
    }

    @Test
    void kindsOfANewerReleaseAreOtherAndTrafficOfOneIsLeftOut() {
        assertThat(FailureKind.of("connect")).isEqualTo(FailureKind.CONNECT);
        assertThat(FailureKind.of("tls")).isEqualTo(FailureKind.OTHER);
        assertThat(Traffic.of("probes")).contains(Traffic.PROBES);
        assertThat(Traffic.of("calendars")).isEmpty();
    }
}
