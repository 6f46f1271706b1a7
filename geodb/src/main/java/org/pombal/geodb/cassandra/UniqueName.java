package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a row whose name nobody else may have. Row and name are in two partitions, so this takes several
 * compare-and-sets, in an order in which a crash between any two does no harm:
 *
 * <ol>
 *   <li>the row is written, not yet marked as named: nobody sees it;
 *   <li>the name is bound to the row's id: from here on the row exists;
 *   <li>the row is marked, which spares readers the question whose the name is.
 * </ol>
 *
 * <p>A name is bound only to a row that is there, and that row never changes its name: a name is never taken by nothing.
 * A row left over from a crash before step 2 stays unseen; the same creation tried again completes it, another one with
 * the same name goes past it.
 *
 * @param <T> the row
 */
final class UniqueName<T> {

    private static final Logger log = LoggerFactory.getLogger(UniqueName.class);

    /** A row as it stands in the table. */
    record Stored<T>(T row, boolean named, boolean retired) {}

    /** The compare-and-sets, as the table needs them. */
    interface Steps<T> {

        String name(T row);

        /** Adds the row unless its id is taken; returns what stood under the id before. */
        CompletionStage<Optional<Stored<T>>> insert(T row);

        /** Binds the row's name to it unless it is bound; returns the other row if it is another's. */
        CompletionStage<Optional<T>> bind(T row);

        CompletionStage<Void> mark(T row);

        /** Whether the row's name is bound to it. */
        CompletionStage<Boolean> isBound(T row);
    }

    private final Steps<T> steps;

    UniqueName(Steps<T> steps) {
        this.steps = requireNonNull(steps, "steps is null");
    }

    CompletionStage<Cas<T>> create(T wanted) {
        return steps.insert(wanted).thenCompose(before -> {
            T row = before.map(Stored::row).orElse(wanted);
            if (!steps.name(row).equals(steps.name(wanted))) {
                return completedFuture(new Cas.Lost<>(Optional.of(row)));
            }
            if (before.isPresent() && before.get().named()) {
                return completedFuture(outcome(wanted, row));
            }
            return steps.bind(row)
                    .thenCompose(other -> other.isPresent()
                            ? completedFuture(new Cas.Lost<>(other))
                            : marked(row).thenApply(done -> outcome(wanted, row)));
        });
    }

    /** Those of the rows that exist: not retired, and bound to their names. */
    CompletionStage<List<T>> visible(List<Stored<T>> rows) {
        return Fanout.ask(rows, stored -> visible(Optional.of(stored)));
    }

    CompletionStage<Optional<T>> visible(Optional<Stored<T>> stored) {
        if (stored.isEmpty() || stored.get().retired()) {
            return completedFuture(Optional.empty());
        }
        T row = stored.get().row();
        return stored.get().named()
                ? completedFuture(Optional.of(row))
                : steps.isBound(row).thenApply(bound -> Optional.of(row).filter(kept -> bound));
    }

    /** A creation that is asked for again, after an unknown outcome, has succeeded if its own row stands. */
    private static <T> Cas<T> outcome(T wanted, T standing) {
        return standing.equals(wanted) ? new Cas.Applied<>(standing) : new Cas.Lost<>(Optional.of(standing));
    }

    private CompletionStage<Void> marked(T row) {
        return steps.mark(row).exceptionallyCompose(failure -> {
            log.info("{} is added, but not marked as named: {}", row, Failures.describe(failure));
            return completedFuture(null);
        });
    }
}
