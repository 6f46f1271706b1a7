package org.pombal.geodb.cassandra;

import java.util.Optional;
import org.pombal.geodb.Cas;

/**
 * What came of "add this row unless there is one".
 *
 * <p>A row that stands already and equals the one asked for counts as applied, whoever wrote it: this writer, whose first
 * answer was lost, or another one at the same moment. That is right because such a row holds nothing of its writer: it
 * says where a user or group is, two writers that agree on it agree on everything a reader can see, and whatever either
 * does next is the same. Where only one of several may win, the row must name the winner.
 */
final class FirstWriter {

    private FirstWriter() {}

    static <T> Cas<T> outcome(T wanted, Optional<T> existing) {
        return existing.isEmpty() || existing.get().equals(wanted)
                ? new Cas.Applied<>(wanted)
                : new Cas.Lost<>(existing);
    }
}
