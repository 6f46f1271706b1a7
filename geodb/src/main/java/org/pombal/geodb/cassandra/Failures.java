package org.pombal.geodb.cassandra;

import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.stream.Collectors.joining;
import static org.pombal.model.failure.FailureText.unwrap;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.WriteType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.model.failure.FailureText;

/** What the driver's errors say about a change that was asked for. */
final class Failures {

    /** What Java's addresses say of a host name that the driver resolves itself. */
    private static final String UNRESOLVED = "/<unresolved>";

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

    /**
     * Whether Cassandra gave a compare-and-set up since others wrote the row at the same moment. With several replicas it does so at once: it
     * cannot tell whether those who came in between have completed what it had begun.
     */
    static boolean metOthers(Throwable failure) {
        return unwrap(failure) instanceof WriteTimeoutException timeout && timeout.getWriteType() == WriteType.CAS;
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

    /**
     * The row that is read back to learn what became of a change whose answer was lost; if it cannot be read, nobody knows whether the
     * change happened.
     */
    static <T> CompletionStage<T> readBack(String what, CompletionStage<T> row) {
        return row.exceptionallyCompose(failure -> failedFuture(
                unknown(what, "the answer was lost, and reading back failed (" + describe(failure) + ")", failure)));
    }

    /** What went wrong, in words for an operator. */
    static String describe(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof AllNodesFailedException allNodes) {
            // The driver's own message differs each time by hash codes, and buries what happened.
            return allNodes.getAllErrors().isEmpty()
                    ? "no node of Cassandra is connected"
                    : allNodes.getAllErrors().entrySet().stream()
                            .map(tried -> name(tried.getKey()) + ": " + lastWords(tried.getValue()))
                            .sorted()
                            .collect(joining("; "));
        }
        return message(cause);
    }

    /** The node's address and port. */
    static String name(Node node) {
        String name = node.getEndPoint().toString().replace(UNRESOLVED, "");
        // Java writes an address that it has not looked up by name with the slash alone.
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static String lastWords(List<Throwable> errors) {
        Throwable root = errors.get(errors.size() - 1);
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return message(root);
    }

    private static String message(Throwable cause) {
        return FailureText.of(cause).replace(UNRESOLVED, "");
    }
}
