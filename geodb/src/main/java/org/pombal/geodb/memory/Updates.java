package org.pombal.geodb.memory;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.pombal.geodb.Cas;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.memory.Requests.Attempt;

/** What comes of compare-and-sets on a row. */
final class Updates {

    private Updates() {}

    /**
     * What comes of "replace the row if it is there and has the version before".
     *
     * @param next the row with its new version
     */
    static <T> Cas<T> replace(
            Optional<Kept<T>> standing,
            Kept<T> next,
            ToLongFunction<T> version,
            Attempt attempt,
            Consumer<Kept<T>> store) {
        if (standing.isEmpty()) {
            return new Cas.Lost<>(Optional.empty());
        }
        long found = version.applyAsLong(standing.get().row());
        long wanted = version.applyAsLong(next.row());
        if (found == wanted - 1 && !standing.get().retired()) {
            store.accept(next);
            return new Cas.Applied<>(next.row());
        }
        if (attempt.askedAgain() && standing.get().equals(next)) {
            return new Cas.Applied<>(next.row());
        }
        if (attempt.askedAgain() && found > wanted) {
            String why = "the answer was lost, and the row has been changed again since";
            throw new UnknownOutcomeException(why, new IllegalStateException(why));
        }
        return new Cas.Lost<>(Kept.present(standing));
    }

    /** What comes of "add the row if it is the first version and there is none, else replace the version before". */
    static <T> Cas<T> firstOrNext(
            Optional<Kept<T>> standing, T next, ToLongFunction<T> version, Attempt attempt, Consumer<Kept<T>> store) {
        if (version.applyAsLong(next) > 1) {
            return replace(standing, Kept.of(next), version, attempt, store);
        }
        if (standing.isEmpty()) {
            store.accept(Kept.of(next));
        }
        return standing.isEmpty() || standing.get().row().equals(next)
                ? new Cas.Applied<>(next)
                : new Cas.Lost<>(Kept.present(standing));
    }

    /**
     * What comes of "add the row unless there is one".
     *
     * @param standing under its id
     * @param atVersion the row as it is when it comes back, at the version after that of its retired one
     */
    static <T> Cas<T> add(
            Optional<Kept<T>> standing,
            T wanted,
            ToLongFunction<T> version,
            LongFunction<T> atVersion,
            Consumer<Kept<T>> store) {
        if (standing.isPresent() && standing.get().retired()) {
            T revived = atVersion.apply(version.applyAsLong(standing.get().row()) + 1);
            store.accept(Kept.of(revived));
            return new Cas.Applied<>(revived);
        }
        if (standing.isEmpty()) {
            store.accept(Kept.of(wanted));
            return new Cas.Applied<>(wanted);
        }
        T found = standing.get().row();
        return found.equals(atVersion.apply(version.applyAsLong(found)))
                ? new Cas.Applied<>(found)
                : new Cas.Lost<>(Optional.of(found));
    }
}
