package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.model.failure.FailureText;

/** One operation while it runs: what it has done so far, and how it ends early. */
final class Attempt {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    /** The way from an obstacle, wherever it is met, to the outcome. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // never leaves this process
        private final Obstacle obstacle;

        StoppedException(Obstacle obstacle) {
            super(obstacle.message(), null, false, false);
            this.obstacle = obstacle;
        }
    }

    private Attempt() {}

    /** Runs an operation; GeoDB's failures and {@link #stop} become outcomes. */
    static <T> CompletionStage<Outcome<T>> at(Function<Attempt, CompletionStage<T>> work) {
        Attempt attempt = new Attempt();
        CompletionStage<T> result;
        try {
            result = work.apply(attempt);
        } catch (RuntimeException e) {
            result = failedFuture(e);
        }
        return result.<Outcome<T>>thenApply(value -> new Outcome.Done<>(value, attempt.warnings))
                .exceptionallyCompose(attempt::ended);
    }

    private <T> CompletionStage<Outcome<T>> ended(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        if (cause instanceof StoppedException stopped) {
            return completedFuture(new Outcome.NotDone<>(stopped.obstacle));
        }
        if (cause instanceof GeoDbUnavailableException) {
            return completedFuture(new Outcome.NotDone<>(new Obstacle.Away("GeoDB does not answer: "
                    + cause.getMessage() + "; "
                    + (done.isEmpty() ? "nothing was changed" : "done before: " + String.join(", ", done)))));
        }
        if (cause instanceof UnknownOutcomeException) {
            return completedFuture(new Outcome.NotDone<>(new Obstacle.Away("GeoDB does not say whether it is done: "
                    + cause.getMessage()
                    + (done.isEmpty() ? "" : "; done before: " + String.join(", ", done))
                    + "; look again, and try again if need be")));
        }
        return failedFuture(cause);
    }

    /** Notes a change that was made, for the case that a later one fails. */
    void did(String what) {
        done.add(what);
    }

    void warn(String what) {
        warnings.add(what);
    }

    /** What was done so far, as the end of a sentence. */
    String soFar() {
        return done.isEmpty() ? "nothing was changed" : "done before: " + String.join(", ", done);
    }

    static <T> CompletionStage<T> stop(Obstacle obstacle) {
        return failedFuture(new StoppedException(obstacle));
    }

    static <T> CompletionStage<T> refuse(String message) {
        return stop(new Obstacle.Refused(message));
    }
}
