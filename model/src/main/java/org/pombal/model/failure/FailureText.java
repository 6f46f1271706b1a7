package org.pombal.model.failure;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words: much that the network does has no text in Java but the name of a class. */
public final class FailureText {

    private static final String UNRESOLVED = "the host name does not resolve";

    /** By the names of classes, since the model itself knows no network. */
    private static final Map<String, String> WITHOUT_MESSAGE = Map.of(
            "java.net.ConnectException", "cannot connect",
            "java.net.UnknownHostException", UNRESOLVED,
            "java.nio.channels.UnresolvedAddressException", UNRESOLVED,
            "java.nio.channels.ClosedChannelException", "the connection was closed",
            "java.io.EOFException", "the connection was closed");

    private FailureText() {}

    /** The message of the failure itself, which may come wrapped by a future; if it has none, what it is about. */
    public static String of(Throwable failure) {
        Throwable cause = unwrap(failure);
        @Nullable String message = cause.getMessage();
        return message == null || message.isBlank() ? withoutMessage(cause) : message;
    }

    /** Java's HTTP client says of a host without an address that it cannot connect, and no more. */
    private static String withoutMessage(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        Optional<String> below = cause == null ? Optional.empty() : known(cause).filter(UNRESOLVED::equals);
        return below.or(() -> known(failure)).orElseGet(() -> failure.getClass().getSimpleName());
    }

    private static Optional<String> known(Throwable failure) {
        return Stream.<Class<?>>iterate(failure.getClass(), Class::getSuperclass)
                .takeWhile(type -> type != Object.class)
                .flatMap(type -> Optional.ofNullable(WITHOUT_MESSAGE.get(type.getName())).stream())
                .findFirst();
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
