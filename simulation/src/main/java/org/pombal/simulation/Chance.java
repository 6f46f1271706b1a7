package org.pombal.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** All chance of one schedule. */
final class Chance {

    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000 * MILLISECOND;

    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    SplittableRandom generator() {
        return random;
    }

    boolean in(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    /** Once in {@code count} times. */
    boolean once(int count) {
        return random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** A duration in nanoseconds. */
    long milliseconds(int least, int most) {
        return random.nextLong(least * MILLISECOND, most * MILLISECOND + 1);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
