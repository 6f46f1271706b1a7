package org.pombal.model.failure;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words: much that the network does has no text in Java but the name of a class. */
public final class FailureText {

    private FailureText() {}

    /** The message of the failure itself, which may come wrapped by a future; if it has none, what it is about. */
    public static String of(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof UnknownHostException) {
            return cause.getMessage() == null
                    ? "the host name does not resolve"
                    : cause.getMessage() + " does not resolve";
        }
        @Nullable String message = cause.getMessage();
        return message == null || message.isBlank() ? withoutMessage(cause) : message;
    }

    private static String withoutMessage(Throwable cause) {
        if (cause instanceof UnresolvedAddressException
                // What Java's HTTP client makes of it.
                || (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException)) {
            return "the host name does not resolve";
        }
        if (cause instanceof ConnectException) {
            return "cannot connect";
        }
        if (cause instanceof ClosedChannelException || cause instanceof EOFException) {
            return "the connection was closed";
        }
        return cause.getClass().getSimpleName();
    }

    /** The failure that futures wrapped. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
