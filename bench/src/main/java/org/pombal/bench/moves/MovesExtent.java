package org.pombal.bench.moves;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How much is measured.
 *
 * @param rehearsed users who are moved from backend to backend before anything is measured
 * @param moved users who are moved
 * @param drained users on the backend that is drained
 * @param failedOver users on a backend that is stopped, and on one that is killed
 * @param patience how long to wait for all of them to be logged in again
 */
record MovesExtent(int rehearsed, int moved, int drained, int failedOver, Duration patience) {

    static final MovesExtent FULL = new MovesExtent(500, 200, 2000, 200, Duration.ofSeconds(60));
    static final MovesExtent QUICK = new MovesExtent(20, 20, 40, 20, Duration.ofSeconds(30));

    /** How many groups that takes, with so many users in each. */
    int groups(int together) {
        return IntStream.of(rehearsed, moved, drained, failedOver, failedOver)
                .map(users -> (users + together - 1) / together)
                .sum();
    }
}
