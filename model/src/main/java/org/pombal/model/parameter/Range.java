package org.pombal.model.parameter;

import java.time.Duration;

/** Refuses parameters outside their range, naming the parameter, its value and what is allowed. */
public final class Range {

    private Range() {}

    /** @throws IllegalArgumentException outside {@code least} to {@code most}, or not a number */
    public static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }

    /** @throws IllegalArgumentException outside {@code least} to {@code most} */
    public static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }

    /** @throws IllegalArgumentException outside {@code least} to {@code most} */
    public static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
