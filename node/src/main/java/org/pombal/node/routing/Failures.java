package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.model.failure.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a lookup failed, in words for the log. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static String reason(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        if (cause instanceof LookupFailedException) {
            return requireNonNull(cause.getMessage());
        }
        if (cause instanceof GeoDbUnavailableException || cause instanceof UnknownOutcomeException) {
            return "GeoDB: " + cause.getMessage();
        }
        if (cause instanceof UnknownHostException) {
            return "the host name does not resolve: " + cause.getMessage();
        }
        if (cause instanceof TimeoutException) {
            return "no answer from GeoDB within " + Destinations.PATIENCE.toMillis() + " ms";
        }
        log.error("internal error while routing a user", cause);
        return "internal error: " + cause;
    }
}
