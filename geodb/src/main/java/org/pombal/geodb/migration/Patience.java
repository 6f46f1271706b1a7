package org.pombal.geodb.migration;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.pombal.geodb.GeoDbUnavailableException;

/**
 * Asks again what was not answered: Cassandra is slow while its schema changes. Only for statements that do nothing when
 * repeated.
 */
final class Patience {

    private static final int TRIES = 6;

    private Patience() {}

    static <T> T ask(Supplier<T> question) {
        for (int left = TRIES; ; left--) {
            try {
                return question.get();
            } catch (QueryConsistencyException | DriverTimeoutException | AllNodesFailedException e) {
                if (left == 1) {
                    throw e;
                }
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(200, 500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeoDbUnavailableException("interrupted while the schema was changed", e);
        }
    }
}
