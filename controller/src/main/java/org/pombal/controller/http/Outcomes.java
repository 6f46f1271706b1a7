package org.pombal.controller.http;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;

/** From the outcome of an operation to a value, or to a problem. */
public final class Outcomes {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private Outcomes() {}

    /** What was done or found; fails with a {@link ProblemException} otherwise. */
    public static <T> CompletionStage<T> value(CompletionStage<Outcome<T>> operation) {
        return operation.thenApply(outcome -> done(outcome).value());
    }

    static <T> Outcome.Done<T> done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done;
        }
        throw problem(((Outcome.NotDone<T>) outcome).obstacle());
    }

    public static ProblemException problem(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.Away) {
            return ProblemException.later(HttpStatus.SERVICE_UNAVAILABLE, obstacle.message(), PAUSE);
        }
        return new ProblemException(status(obstacle), obstacle.message());
    }

    private static HttpStatus status(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.NotFound) {
            return HttpStatus.NOT_FOUND;
        }
        return obstacle instanceof Obstacle.Stale ? HttpStatus.PRECONDITION_FAILED : HttpStatus.CONFLICT;
    }
}
