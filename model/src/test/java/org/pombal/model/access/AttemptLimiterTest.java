package org.pombal.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final AttemptLimiter limiter = new AttemptLimiter(3, 2);

    private void fail(String address, int times, Instant at) {
        for (int i = 0; i < times; i++) {
            limiter.failed(address, at);
        }
    }

    @Test
    void whoHasUsedUpHisAttemptsWaitsForTheEndOfTheMinuteThatBeganWithTheFirst() {
        fail("a", 2, START);
        assertThat(limiter.wait("a", START)).isEmpty();
        fail("a", 1, START.plusSeconds(20));

        assertThat(limiter.wait("a", START.plusSeconds(20))).contains(Duration.ofSeconds(40));
        assertThat(limiter.wait("a", START.plusSeconds(59))).contains(Duration.ofSeconds(1));
        assertThat(limiter.wait("a", START.plusSeconds(60))).isEmpty();
    }

    @Test
    void afterTheMinuteItIsCountedAnew() {
        fail("a", 3, START);
        fail("a", 2, START.plusSeconds(60));
        assertThat(limiter.wait("a", START.plusSeconds(61))).isEmpty();
        fail("a", 1, START.plusSeconds(61));
        assertThat(limiter.wait("a", START.plusSeconds(61))).contains(Duration.ofSeconds(59));
    }

    @Test
    void whatIsForgivenDoesNotCount() {
        fail("a", 3, START);
        limiter.forgiven("a");
        assertThat(limiter.wait("a", START)).isEmpty();
        limiter.forgiven("b");
        fail("b", 2, START);
        assertThat(limiter.wait("b", START)).isEmpty();
    }

    @Test
    void addressesAreCountedEachByItself() {
        fail("a", 3, START);
        assertThat(limiter.wait("b", START)).isEmpty();
    }

    @Test
    void ofMoreAddressesThanItRemembersTheOldestAreForgotten() {
        fail("a", 3, START);
        fail("b", 3, START);
        fail("c", 3, START);
        assertThat(limiter.wait("a", START)).isEmpty();
        assertThat(limiter.wait("b", START)).isPresent();
        assertThat(limiter.wait("c", START)).isPresent();
    }
}
