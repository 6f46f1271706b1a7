package org.pombal.bench.relay;

import java.util.Locale;

/**
 * One start of a node.
 *
 * @param nanos from the launcher to the first answer
 * @param cpuNanos processor time that the node took until then
 */
record Launch(long nanos, long cpuNanos) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f s, CPU %.2f s", nanos / 1e9, cpuNanos / 1e9);
    }
}
