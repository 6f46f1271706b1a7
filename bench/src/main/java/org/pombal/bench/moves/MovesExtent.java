package org.pombal.bench.moves;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param moved users who are moved
 * @param drained users on the backend that is drained
 * @param failedOver users on a backend that is stopped, and on one that is killed
 * @param patience how long to wait for all of them to be logged in again
 */
record MovesExtent(int moved, int drained, int failedOver, Duration patience) {

    static final MovesExtent FULL = new MovesExtent(200, 2000, 200, Duration.ofSeconds(60));
    static final MovesExtent QUICK = new MovesExtent(20, 40, 20, Duration.ofSeconds(30));
}
