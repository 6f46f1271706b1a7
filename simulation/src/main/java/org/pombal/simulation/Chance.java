package org.pombal.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** All chance of one schedule. */
public final class Chance {

    public static final long MILLISECOND = 1_000_000;
    public static final long SECOND = 1_000 * MILLISECOND;

    private final SplittableRandom random;

    public Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public SplittableRandom generator() {
        return random;
    }

    public boolean in(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    /** Once in {@code count} times. */
    public boolean once(int count) {
        return random.nextInt(count) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** A duration in nanoseconds. */
    public long milliseconds(int least, int most) {
        return random.nextLong(least * MILLISECOND, most * MILLISECOND + 1);
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    public UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
