package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;
import org.pombal.operations.Obstacle.Stale;

/**
 * What the caller saw when he decided on a change. It is asked about the very row on which the change is going to be decided, so
 * that nothing can come between.
 *
 * @param <T> the row
 */
@FunctionalInterface
public interface Precondition<T> {

    boolean holds(T row);

    /** For callers who do not mind what is there. */
    static <T> Precondition<T> none() {
        return row -> true;
    }

    /** Goes on with the row if it is as the caller saw it. */
    default CompletionStage<T> require(T row, String what) {
        return holds(row)
                ? completedFuture(row)
                : Attempt.stop(new Stale(what + " has been changed since it was read; nothing was changed"));
    }
}
