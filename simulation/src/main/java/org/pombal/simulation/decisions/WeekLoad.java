package org.pombal.simulation.decisions;

import java.util.Random;

/**
 * The load of a mail site in a week that begins on a Monday, in whole backends: a fifth at night, most at half past ten in the morning, two fifths of
 * that at weekends, and doubling from the beginning to the end. On Thursday at noon everybody opens one mail: for 20 min the load is a third higher.
 */
final class WeekLoad {

    static final int DAY = 24 * 60;
    static final int WEEK = 7 * DAY;
    static final int GROUPS = 800;

    private static final double PEAK_AT_FIRST = 6;
    private static final double GROWTH = 1;

    private final double[] base = new double[GROUPS];
    private final Random random;

    WeekLoad(long seed) {
        this.random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < GROUPS; i++) {
            base[i] = Math.exp(0.5 * random.nextGaussian());
            sum += base[i];
        }
        for (int i = 0; i < GROUPS; i++) {
            base[i] *= PEAK_AT_FIRST / sum;
        }
    }

    /** Of all groups, without chance. */
    double expected(int minute) {
        double hour = minute % DAY / 60.0;
        double morning = Math.exp(-Math.pow((hour - 10.5) / 2.5, 2));
        double afternoon = 0.8 * Math.exp(-Math.pow((hour - 15.5) / 3, 2));
        double curve = 0.2 + 0.8 * Math.min(1, Math.max(morning, afternoon));
        double weekend = minute / DAY >= 5 ? 0.4 : 1;
        double burst = minute >= 3 * DAY + 12 * 60 && minute < 3 * DAY + 12 * 60 + 20 ? 4.0 / 3 : 1;
        return PEAK_AT_FIRST * curve * weekend * burst * (1 + GROWTH * minute / WEEK);
    }

    /** The loads of all groups in a minute. */
    void fill(int minute, double[] loads) {
        double factor = expected(minute) / PEAK_AT_FIRST;
        for (int i = 0; i < GROUPS; i++) {
            loads[i] = base[i] * factor * (1 + 0.2 * random.nextGaussian());
            loads[i] = Math.max(0, loads[i]);
        }
    }

    double peak(int until) {
        double peak = 0;
        for (int minute = 0; minute < until; minute++) {
            peak = Math.max(peak, expected(minute));
        }
        return peak;
    }
}
