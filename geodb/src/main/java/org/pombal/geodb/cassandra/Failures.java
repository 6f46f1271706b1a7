package org.pombal.geodb.cassandra;

import static java.util.stream.Collectors.joining;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;

/** What the driver's errors say about a change that was asked for. */
final class Failures {

    private Failures() {}

    /**
     * Whether the change certainly did not and will not happen: it was never sent, or Cassandra refused to begin. All
     * else (time-outs, connections lost in between, errors in the middle) leaves it open.
     *
     * <p>"All nodes failed" is such a case because {@link NeverRetry} lets the driver go on to another node only while
     * the request was not sent.
     */
    static boolean neverBegan(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof RequestThrottlingException
                || cause instanceof AllNodesFailedException
                || cause instanceof UnavailableException
                || cause instanceof QueryValidationException
                || cause instanceof IllegalStateException; // the session is closed
    }

    static GeoDbUnavailableException unavailable(String what, Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof GeoDbUnavailableException already
                ? already
                : new GeoDbUnavailableException(what + ": " + describe(cause), cause);
    }

    static UnknownOutcomeException unknown(String what, String why, Throwable failure) {
        return new UnknownOutcomeException(what + ": " + why, unwrap(failure));
    }

    static String describe(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof AllNodesFailedException allNodes) {
            // The driver's own message differs each time by hash codes, and buries what happened.
            return allNodes.getAllErrors().entrySet().stream()
                    .map(tried -> tried.getKey().getEndPoint() + " " + lastWords(tried.getValue()))
                    .sorted()
                    .collect(joining("; "));
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String lastWords(List<Throwable> errors) {
        Throwable root = errors.get(errors.size() - 1);
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
