package org.pombal.geodb;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.failure.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces changes after they are made, for implementations of {@link GeoDb}. Whoever misses one finds out later, so a
 * failure is only logged.
 */
public final class Announcing {

    private static final Logger log = LoggerFactory.getLogger(Announcing.class);

    private final Changes changes;

    public Announcing(Changes changes) {
        this.changes = requireNonNull(changes, "changes is null");
    }

    /** Passes on what came of {@code made}, once the change is announced, if there was one or may have been one. */
    public <T> CompletionStage<Cas<T>> after(CompletionStage<Cas<T>> made, Change change) {
        return made.handle((outcome, failure) ->
                        mayHaveChanged(outcome, failure) ? announce(change).thenCompose(announced -> made) : made)
                .thenCompose(stage -> stage);
    }

    private static boolean mayHaveChanged(@Nullable Cas<?> outcome, @Nullable Throwable failure) {
        return outcome instanceof Cas.Applied
                || (failure != null && FailureText.unwrap(failure) instanceof UnknownOutcomeException);
    }

    private CompletionStage<Void> announce(Change change) {
        return changes.announce(change).exceptionallyCompose(failure -> {
            log.warn("{} is not announced, nodes learn of it later: {}", change, FailureText.of(failure));
            return completedFuture(null);
        });
    }
}
