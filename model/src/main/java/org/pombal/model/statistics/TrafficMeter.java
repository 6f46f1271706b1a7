package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * From samples to means in which the past counts less and less: what was a window ago counts e times less than what is now. Until a window has passed
 * the mean is that of the time there is. Used by one thread.
 *
 * <p>With samples x<sub>i</sub>, each the mean of the time t<sub>i</sub> up to it, m ← m + (1 − e<sup>−t/w</sup>)(x − m), divided by what the same
 * makes of samples of 1.
 *
 * @param <K> what is measured
 */
public final class TrafficMeter<K> {

    /**
     * What was counted since the sample before.
     *
     * @param sessions at this moment
     */
    public record Sample(long sessions, long logins, long deliveries) {

        public static final Sample NONE = new Sample(0, 0, 0);
    }

    private static final class Mean {
        private double sessions;
        private double logins;
        private double deliveries;
        private double weight;
        private long nanos;

        void add(Sample sample, long passed, double window) {
            double share = 1 - Math.exp(-passed / window);
            double seconds = passed / 1e9;
            sessions += share * (sample.sessions() - sessions);
            logins += share * (sample.logins() / seconds - logins);
            deliveries += share * (sample.deliveries() / seconds - deliveries);
            weight += share * (1 - weight);
            nanos += passed;
        }

        GroupTraffic traffic() {
            return new GroupTraffic(sessions / weight, logins / weight, deliveries / weight, Duration.ofNanos(nanos));
        }
    }

    private final double window;
    private final Map<K, Mean> means = new HashMap<>();

    /** @throws IllegalArgumentException if the window is not above zero */
    public TrafficMeter(Duration window) {
        requireNonNull(window, "window is null");
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window is " + window);
        }
        this.window = window.toNanos();
    }

    /**
     * Takes a sample of everything; what is not in it is forgotten, and begins anew should it come back.
     *
     * @param passed since the sample before
     * @throws IllegalArgumentException if no time has passed
     */
    public void add(Duration passed, Map<K, Sample> samples) {
        long nanos = passed.toNanos();
        if (nanos <= 0) {
            throw new IllegalArgumentException("the time passed is " + passed);
        }
        means.keySet().retainAll(samples.keySet());
        samples.forEach(
                (key, sample) -> means.computeIfAbsent(key, none -> new Mean()).add(sample, nanos, window));
    }

    public Map<K, GroupTraffic> means() {
        Map<K, GroupTraffic> all = new HashMap<>();
        means.forEach((key, mean) -> all.put(key, mean.traffic()));
        return all;
    }
}
