package org.pombal.geodb.memory;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Timestamps of plain writes: microseconds since 1970, as Cassandra has them. */
final class Microseconds {

    private Microseconds() {}

    static long of(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
    }
}
