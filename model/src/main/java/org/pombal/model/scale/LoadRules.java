package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many backends a load needs.
 *
 * @param metric what is looked at
 * @param target the part of a backend's capacity that is to be in use, 0.05 to 0.95
 * @param slack how far above or below, as a part of the target, it may be before anything changes, 0 to 0.5
 * @param limit the part of its capacity up to which a backend may be used for another to be removed, above the target to 1
 * @param perBackend what load a backend can carry, in sessions, above 0; empty if that is not known. Only with it sessions are looked at
 */
public record LoadRules(Metric metric, double target, double slack, double limit, OptionalDouble perBackend) {

    /** By what a backend's capacity is reckoned. */
    public enum Metric {
        /** CPU time that was not idle. */
        CPU,
        /** Sessions, with logins and deliveries as balancing counts them. */
        SESSIONS,
        /** Whichever needs more backends. */
        BOTH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final LoadRules DEFAULTS = new LoadRules(Metric.CPU, 0.6, 0.1, 0.8, OptionalDouble.empty());

    public LoadRules {
        requireNonNull(metric, "metric is null");
        requireNonNull(perBackend, "perBackend is null");
        check("target", target, 0.05, 0.95);
        check("slack", slack, 0, 0.5);
        check("limit", limit, target, 1);
        if (perBackend.isPresent()) {
            check("perBackend", perBackend.getAsDouble(), Double.MIN_NORMAL, 1e9);
        } else if (metric != Metric.CPU) {
            throw new IllegalArgumentException("what a backend can carry must be known to go by sessions");
        }
    }

    boolean goesByCpu() {
        return metric != Metric.SESSIONS;
    }

    boolean goesBySessions() {
        return metric != Metric.CPU;
    }
}
