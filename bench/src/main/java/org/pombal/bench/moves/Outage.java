package org.pombal.bench.moves;

/**
 * From the end of a session until the same user is logged in again.
 *
 * @param beganNanos when the client saw the end, as {@link System#nanoTime} counts
 * @param endedNanos when the next login was accepted
 * @param refused how often a login was refused or the connection closed in between
 */
record Outage(long beganNanos, long endedNanos, int refused) {

    long nanos() {
        return endedNanos - beganNanos;
    }
}
