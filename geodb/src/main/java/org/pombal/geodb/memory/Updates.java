package org.pombal.geodb.memory;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.pombal.geodb.Cas;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.memory.Requests.Attempt;

/** What comes of "replace the row if it has the version before". */
final class Updates {

    private Updates() {}

    /** @param next the row with its new version */
    static <T> Cas<T> replace(
            Optional<T> standing, T next, ToLongFunction<T> version, Attempt attempt, Consumer<T> store) {
        if (standing.isEmpty()) {
            return new Cas.Lost<>(standing);
        }
        long found = version.applyAsLong(standing.get());
        long wanted = version.applyAsLong(next);
        if (found == wanted - 1) {
            store.accept(next);
            return new Cas.Applied<>(next);
        }
        if (attempt.askedAgain() && standing.get().equals(next)) {
            return new Cas.Applied<>(next);
        }
        if (attempt.askedAgain() && found > wanted) {
            String why = "the answer was lost, and the row has been changed again since";
            throw new UnknownOutcomeException(why, new IllegalStateException(why));
        }
        return new Cas.Lost<>(standing);
    }

    /** What comes of "add the row unless there is one". */
    static <T> Cas<T> add(Optional<T> standing, T wanted, Consumer<T> store) {
        if (standing.isEmpty()) {
            store.accept(wanted);
        }
        return standing.isEmpty() || standing.get().equals(wanted)
                ? new Cas.Applied<>(wanted)
                : new Cas.Lost<>(standing);
    }
}
