package org.pombal.geodb.cassandra;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.pombal.geodb.Cas;

/**
 * Settles what came of "set these columns and version n + 1 if the version is n".
 *
 * <p>If the first answer was lost and asking again found the condition no longer true, then the row tells: at version
 * n + 1 with the content that was asked for, it stands as wanted; with other content, somebody else's update was first.
 * Two writers that ask for the same content are both told that it stands, which is what they wanted to know; where only
 * one may win, the content has to carry something of the winner. A row already past n + 1 cannot tell any more.
 */
final class VersionedUpdate {

    private VersionedUpdate() {}

    /**
     * @param wanted the row as it is after the update, with its new version
     * @param readBack the row as it stands, at the table's serial level
     */
    static <T> CompletionStage<Cas<T>> settle(
            String what,
            CasReply reply,
            T wanted,
            ToLongFunction<T> version,
            Supplier<CompletionStage<Optional<T>>> readBack) {
        if (reply.applied()) {
            return completedFuture(new Cas.Applied<>(wanted));
        }
        CompletionStage<Optional<T>> standing = readBack.get();
        if (!reply.askedAgain()) {
            return standing.thenApply(Cas.Lost::new);
        }
        return Failures.readBack(what, standing).thenCompose(row -> judge(what, wanted, version, row));
    }

    private static <T> CompletionStage<Cas<T>> judge(
            String what, T wanted, ToLongFunction<T> version, Optional<T> standing) {
        if (standing.isPresent() && standing.get().equals(wanted)) {
            return completedFuture(new Cas.Applied<>(wanted));
        }
        if (standing.isPresent() && version.applyAsLong(standing.get()) > version.applyAsLong(wanted)) {
            String why = "the answer was lost, and the row has been changed again since";
            return failedFuture(Failures.unknown(what, why, new IllegalStateException(why)));
        }
        return completedFuture(new Cas.Lost<>(standing));
    }
}
