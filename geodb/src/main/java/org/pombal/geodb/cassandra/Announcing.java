package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes;
import org.pombal.geodb.UnknownOutcomeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces changes after they are made. Whoever misses one finds out later, so a failure is only logged. */
final class Announcing {

    private static final Logger log = LoggerFactory.getLogger(Announcing.class);

    private final Changes changes;

    Announcing(Changes changes) {
        this.changes = requireNonNull(changes, "changes is null");
    }

    /** Passes on what came of {@code made}, once the change is announced, if there was one or may have been one. */
    <T> CompletionStage<Cas<T>> after(CompletionStage<Cas<T>> made, Change change) {
        return made.handle((outcome, failure) ->
                        mayHaveChanged(outcome, failure) ? announce(change).thenCompose(announced -> made) : made)
                .thenCompose(stage -> stage);
    }

    private static boolean mayHaveChanged(@Nullable Cas<?> outcome, @Nullable Throwable failure) {
        return failure == null
                ? outcome instanceof Cas.Applied
                : Failures.unwrap(failure) instanceof UnknownOutcomeException;
    }

    private CompletionStage<Void> announce(Change change) {
        return changes.announce(change).exceptionallyCompose(failure -> {
            log.warn("{} is not announced, nodes learn of it later: {}", change, Failures.describe(failure));
            return CompletableFuture.completedFuture(null);
        });
    }
}
