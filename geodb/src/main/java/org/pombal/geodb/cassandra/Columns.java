package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Values of a row, with null kept at the border: a column that has to have a value says so by name. */
final class Columns {

    private Columns() {}

    static UUID uuid(Row row, String column) {
        return requireNonNull(row.getUuid(column), () -> "column " + column + " is null");
    }

    static String text(Row row, String column) {
        return requireNonNull(row.getString(column), () -> "column " + column + " is null");
    }

    static Instant instant(Row row, String column) {
        return requireNonNull(row.getInstant(column), () -> "column " + column + " is null");
    }

    static Optional<UUID> optionalUuid(Row row, String column) {
        return Optional.ofNullable(row.getUuid(column));
    }

    static Optional<String> optionalText(Row row, String column) {
        return Optional.ofNullable(row.getString(column));
    }

    static OptionalInt optionalInt(Row row, String column) {
        return row.isNull(column) ? OptionalInt.empty() : OptionalInt.of(row.getInt(column));
    }
}
