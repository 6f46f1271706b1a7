package org.pombal.model.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is measured of a backend's machine; the higher, the more loaded. The names are those of the label {@code score} of {@code
 * dovecot_cluster:host:zscore} in Prometheus.
 */
public enum HostMetric {
    /** Memory that is not available to programs, as a part of all, 0 to 1. */
    MEMUSED,
    /** CPU time that was not idle, as a part of all, 0 to 1. */
    CPU,
    /** Processes that have mailboxes open. */
    SESSIONS,
    /**
     * Pressure on the page cache: pages per second that were read again after the kernel had dropped them for lack of memory. The original
     * takes its metadata cache here, which Dovecot CE does not have.
     */
    CACHE;

    /** Reads the lower-case name that GeoDB and Prometheus use; empty for one that only a newer release knows. */
    public static Optional<HostMetric> of(String text) {
        return Arrays.stream(values())
                .filter(metric -> metric.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
