package org.pombal.node.guardian;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the guardian is tried again: 20 ms at first, up to 1 s, shorter by up to a half by chance. */
final class Backoff {

    static final Duration LONGEST = Duration.ofSeconds(1);

    private static final Duration FIRST = Duration.ofMillis(20);
    private static final int MAX_DOUBLINGS = 6;

    private int failures;

    void reset() {
        failures = 0;
    }

    Duration next() {
        long longest = Math.min(FIRST.toMillis() << failures, LONGEST.toMillis());
        failures = Math.min(failures + 1, MAX_DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
