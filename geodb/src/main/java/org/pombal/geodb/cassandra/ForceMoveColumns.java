package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;

/**
 * The columns of a forced move, as they are bound: all of them, or none.
 *
 * @param to the destinations
 */
record ForceMoveColumns(
        @Nullable String id,
        @Nullable Integer percentage,
        @Nullable Set<UUID> to) {

    /** Their names, as they are selected. */
    static final String NAMES = "force_move_id, force_move_percentage, force_move_to";

    static <D extends Comparable<D>> ForceMoveColumns of(Optional<ForceMove<D>> forced, Function<D, UUID> value) {
        return new ForceMoveColumns(
                forced.map(its -> its.share().id()).orElse(null),
                forced.map(its -> its.share().percentage()).orElse(null),
                forced.map(its -> its.destinations().stream().map(value).collect(toSet()))
                        .orElse(null));
    }

    static <D extends Comparable<D>> Optional<ForceMove<D>> read(Row row, Function<UUID, D> id) {
        return Columns.optionalText(row, "force_move_id")
                .map(its -> new ForceMove<>(
                        new UserShare(its, row.getInt("force_move_percentage")),
                        requireNonNull(row.getSet("force_move_to", UUID.class), "column force_move_to is null").stream()
                                .map(id)
                                .collect(toCollection(TreeSet::new))));
    }
}
