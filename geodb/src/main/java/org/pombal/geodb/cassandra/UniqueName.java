package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.NameBindings.Binding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows whose names are unique. Row and name are in two partitions, so each change takes several compare-and-sets, in an
 * order in which a crash between any two does no harm.
 *
 * <p>Adding:
 *
 * <ol>
 *   <li>the row is written, not yet marked as named: nobody sees it. A retired row of the id is written over;
 *   <li>the name is bound to the row's id: from here on the row exists;
 *   <li>the row is marked, which spares readers the question whose the name is.
 * </ol>
 *
 * <p>Renaming: the new name is bound, the row is changed, the old name is freed. Retiring: the row is marked as retired,
 * its name is freed.
 *
 * <p>A name that is bound to a row is never anybody else's while that row is not retired, whatever the row's present name
 * is: so two rows that exist never share one. What a crash leaves bound to a row that is not retired is that row's second
 * name, until it is renamed there and back; what it leaves bound to a retired one is free.
 *
 * @param <T> the row
 */
final class UniqueName<T> {

    private static final Logger log = LoggerFactory.getLogger(UniqueName.class);
    private static final int MAX_TRIES = 5;

    /** A row as it stands in the table. */
    record Stored<T>(T row, long version, boolean named, boolean retired) {}

    /** The compare-and-sets on the row, as the table needs them. */
    interface Steps<T> {

        String name(T row);

        T withName(T row, String name);

        T withVersion(T row, long version);

        List<UUID> key(T row);

        /** What stands under a key, read at the table's serial level. */
        CompletionStage<Optional<Stored<T>>> standing(List<UUID> key);

        /** Adds the row unless its id is taken; returns what stood under the id before. */
        CompletionStage<Optional<Stored<T>>> insert(T row);

        /** Replaces the row, its marks included, if it has the version before. */
        CompletionStage<Cas<Stored<T>>> replace(Stored<T> next);

        /** Marks the row of this version as named. */
        CompletionStage<Void> mark(Stored<T> row);
    }

    private final Steps<T> steps;
    private final NameBindings names;

    UniqueName(Steps<T> steps, NameBindings names) {
        this.steps = requireNonNull(steps, "steps is null");
        this.names = requireNonNull(names, "names is null");
    }

    CompletionStage<Cas<T>> create(T row) {
        T wanted = steps.withVersion(row, 1);
        return steps.insert(wanted).thenCompose(before -> {
            if (before.isEmpty()) {
                return bindAndMark(new Stored<>(wanted, 1, false, false));
            }
            Stored<T> standing = before.get();
            if (standing.retired()) {
                return revive(wanted, standing);
            }
            if (!steps.name(standing.row()).equals(steps.name(wanted))) {
                return completedFuture(new Cas.Lost<>(Optional.of(standing.row())));
            }
            return (standing.named() ? completedFuture(new Cas.Applied<>(standing.row())) : bindAndMark(standing))
                    .thenApply(outcome -> sameAs(wanted, outcome));
        });
    }

    private CompletionStage<Cas<T>> revive(T wanted, Stored<T> retired) {
        long version = retired.version() + 1;
        Stored<T> next = new Stored<>(steps.withVersion(wanted, version), version, false, false);
        return steps.replace(next).thenCompose(outcome -> {
            if (outcome instanceof Cas.Lost<Stored<T>> lost) {
                return completedFuture(new Cas.Lost<>(lost.current().map(Stored::row)));
            }
            return bindAndMark(next)
                    .thenCompose(
                            bound -> bound instanceof Cas.Lost<T> ? retiredAgain(next, bound) : completedFuture(bound));
        });
    }

    /** The name was somebody else's; the id must not stay with a row that nobody sees. */
    private CompletionStage<Cas<T>> retiredAgain(Stored<T> row, Cas<T> outcome) {
        long version = row.version() + 1;
        return steps.replace(new Stored<>(steps.withVersion(row.row(), version), version, false, true))
                .handle((replaced, failure) -> outcome);
    }

    private CompletionStage<Cas<T>> bindAndMark(Stored<T> row) {
        return bind(steps.name(row.row()), row.row())
                .thenCompose(other -> other.isPresent()
                        ? completedFuture(new Cas.Lost<>(other))
                        : marked(row).thenApply(done -> new Cas.Applied<>(row.row())));
    }

    /** A creation that is asked for again, after an unknown outcome, has succeeded if its own row stands. */
    private Cas<T> sameAs(T wanted, Cas<T> outcome) {
        return outcome instanceof Cas.Applied<T> applied
                        && !steps.withVersion(applied.row(), 1).equals(steps.withVersion(wanted, 1))
                ? new Cas.Lost<>(Optional.of(applied.row()))
                : outcome;
    }

    /** @param version on which this was decided */
    CompletionStage<Cas<T>> rename(T row, long version, String newName) {
        return visibleAt(row, version, standing -> {
            String oldName = steps.name(standing.row());
            if (oldName.equals(newName)) {
                return completedFuture(new Cas.Applied<>(standing.row()));
            }
            return names.findSerially(oldName).thenCompose(old -> bind(newName, standing.row())
                    .thenCompose(other -> other.isPresent()
                            ? completedFuture(new Cas.Lost<>(other))
                            : replace(standing, newName, false)
                                    .thenCompose(outcome -> freed(oldName, old, standing.row(), outcome))));
        });
    }

    /** @param version on which this was decided */
    CompletionStage<Cas<T>> retire(T row, long version) {
        return visibleAt(row, version, standing -> {
            String name = steps.name(standing.row());
            return names.findSerially(name).thenCompose(binding -> replace(standing, name, true)
                    .thenCompose(outcome -> freed(name, binding, standing.row(), outcome)));
        });
    }

    private interface Next<T> {
        CompletionStage<Cas<T>> from(Stored<T> standing);
    }

    private CompletionStage<Cas<T>> visibleAt(T row, long version, Next<T> next) {
        return steps.standing(steps.key(row))
                .thenCompose(stored -> visible(stored).thenCompose(seen -> {
                    if (seen.isEmpty() || stored.isEmpty() || stored.get().version() != version) {
                        return completedFuture(new Cas.Lost<>(seen));
                    }
                    return next.from(stored.get());
                }));
    }

    private CompletionStage<Cas<T>> replace(Stored<T> standing, String name, boolean retired) {
        long version = standing.version() + 1;
        T row = steps.withVersion(steps.withName(standing.row(), name), version);
        return steps.replace(new Stored<>(row, version, true, retired))
                .thenApply(outcome -> outcome instanceof Cas.Lost<Stored<T>> lost
                        ? new Cas.Lost<>(lost.current()
                                .filter(stored -> !stored.retired())
                                .map(Stored::row))
                        : new Cas.Applied<>(row));
    }

    private CompletionStage<Cas<T>> freed(String name, Optional<Binding> was, T row, Cas<T> outcome) {
        if (outcome instanceof Cas.Lost || was.isEmpty() || !was.get().owner().equals(steps.key(row))) {
            return completedFuture(outcome);
        }
        return names.release(name, was.get()).handle((done, failure) -> {
            if (failure != null) {
                log.info("name {} is no longer needed, but not freed: {}", name, Failures.describe(failure));
            }
            return outcome;
        });
    }

    /** Binds the name to the row; returns the row that has it if that is another's. */
    private CompletionStage<Optional<T>> bind(String name, T row) {
        Binding wanted = new Binding(steps.key(row), UUID.randomUUID());
        return bind(name, wanted, MAX_TRIES);
    }

    private CompletionStage<Optional<T>> bind(String name, Binding wanted, int triesLeft) {
        if (triesLeft == 0) {
            return failedFuture(
                    new GeoDbUnavailableException("binding name " + name + ": others bind it all the time"));
        }
        return names.bind(name, wanted).thenCompose(found -> {
            if (found.isEmpty()) {
                return completedFuture(Optional.empty());
            }
            Binding was = found.get();
            if (was.owner().equals(wanted.owner())) {
                return takeOver(name, was, wanted, triesLeft);
            }
            return steps.standing(was.owner()).thenCompose(owner -> {
                if (owner.isEmpty()) {
                    return failedFuture(new GeoDbUnavailableException("binding name " + name + ": it belongs to "
                            + was.owner() + ", whose row has not arrived here yet"));
                }
                return owner.get().retired()
                        ? takeOver(name, was, wanted, triesLeft)
                        : completedFuture(Optional.of(owner.get().row()));
            });
        });
    }

    private CompletionStage<Optional<T>> takeOver(String name, Binding was, Binding wanted, int triesLeft) {
        return names.take(name, was, wanted)
                .thenCompose(taken -> taken ? completedFuture(Optional.empty()) : bind(name, wanted, triesLeft - 1));
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
                : isBound(row).thenApply(bound -> Optional.of(row).filter(kept -> bound));
    }

    private CompletionStage<Boolean> isBound(T row) {
        return names.find(steps.name(row))
                .thenApply(binding -> binding.map(Binding::owner).equals(Optional.of(steps.key(row))));
    }

    private CompletionStage<Void> marked(Stored<T> row) {
        return steps.mark(row).exceptionallyCompose(failure -> {
            log.info("{} is added, but not marked as named: {}", row.row(), Failures.describe(failure));
            return completedFuture(null);
        });
    }
}
