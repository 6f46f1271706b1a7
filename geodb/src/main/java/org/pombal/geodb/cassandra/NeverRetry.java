package org.pombal.geodb.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.retry.RetryDecision;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.WriteType;
import com.datastax.oss.driver.api.core.session.Request;

/**
 * Hands every failure of a compare-and-set to the caller. A repeat by the driver would meet the first one's own row and
 * report that somebody else was first.
 *
 * <p>The driver's newer methods, those that return verdicts, ask these by default.
 */
@SuppressWarnings("deprecation")
public final class NeverRetry implements RetryPolicy {

    /** Called by the driver, which makes its policies by name. */
    public NeverRetry(DriverContext context, String profileName) {}

    @Override
    public RetryDecision onReadTimeout(
            Request request, ConsistencyLevel level, int needed, int received, boolean dataPresent, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onWriteTimeout(
            Request request, ConsistencyLevel level, WriteType type, int needed, int received, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onUnavailable(Request request, ConsistencyLevel level, int needed, int alive, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onRequestAborted(Request request, Throwable error, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onErrorResponse(Request request, CoordinatorException error, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public void close() {}
}
