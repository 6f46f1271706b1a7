package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A table that says to which row each name is bound; written by compare-and-set at SERIAL. */
final class NameBindings {

    /**
     * To which row a name is bound.
     *
     * @param owner the key of the row
     * @param claim another one each time the name is bound, also to the same row; null of names bound by older releases
     */
    record Binding(List<UUID> owner, @Nullable UUID claim) {
        Binding {
            owner = List.copyOf(owner);
        }
    }

    private final Cql cql;
    private final String nameColumn;
    private final List<String> keyColumns;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement insert;
    private final PreparedStatement take;
    private final PreparedStatement release;

    /** @param keyColumns of the row that a name is bound to, each a uuid */
    NameBindings(Cql cql, String table, String nameColumn, List<String> keyColumns) {
        this.cql = requireNonNull(cql, "cql is null");
        this.nameColumn = nameColumn;
        this.keyColumns = List.copyOf(keyColumns);
        String columns = String.join(", ", keyColumns);
        String isBound = each(keyColumns, " = :was_", " AND ") + " AND claim = :was_claim";
        String select = "SELECT " + columns + ", claim FROM " + table + " WHERE " + nameColumn + " = :" + nameColumn;
        this.select = cql.read(select);
        this.selectSerially = cql.read(select, SERIAL);
        this.insert = cql.compareAndSet(
                "INSERT INTO " + table + " (" + nameColumn + ", " + columns + ", claim) VALUES (:" + nameColumn + ", "
                        + keyColumns.stream().map(column -> ":" + column).collect(joining(", "))
                        + ", :claim) IF NOT EXISTS",
                SERIAL);
        this.take = cql.compareAndSet(
                "UPDATE " + table + " SET " + each(keyColumns, " = :", ", ") + ", claim = :claim WHERE " + nameColumn
                        + " = :" + nameColumn + " IF " + isBound,
                SERIAL);
        this.release = cql.compareAndSet(
                "DELETE FROM " + table + " WHERE " + nameColumn + " = :" + nameColumn + " IF " + isBound, SERIAL);
    }

    private static String each(List<String> columns, String link, String separator) {
        return columns.stream().map(column -> column + link + column).collect(joining(separator));
    }

    /** As a quorum has it. */
    CompletionStage<Optional<Binding>> find(String name) {
        return cql.one("looking up name " + name, select.bind().setString(nameColumn, name), this::binding);
    }

    CompletionStage<Optional<Binding>> findSerially(String name) {
        return cql.one("looking up name " + name, selectSerially.bind().setString(nameColumn, name), this::binding);
    }

    /** Binds a name that is free. Returns how it is bound if it is not, by this or by somebody else. */
    CompletionStage<Optional<Binding>> bind(String name, Binding wanted) {
        var statement = insert.bind().setString(nameColumn, name).setUuid("claim", wanted.claim());
        for (int i = 0; i < keyColumns.size(); i++) {
            statement = statement.setUuid(keyColumns.get(i), wanted.owner().get(i));
        }
        return cql.compareAndSet("binding name " + name, statement)
                .thenApply(reply -> reply.existing().map(this::binding).filter(found -> !found.equals(wanted)));
    }

    /** Binds a name anew that is bound as {@code was}. Returns whether it is. */
    CompletionStage<Boolean> take(String name, Binding was, Binding wanted) {
        var statement = take.bind().setString(nameColumn, name).setUuid("claim", wanted.claim());
        for (int i = 0; i < keyColumns.size(); i++) {
            statement = statement
                    .setUuid(keyColumns.get(i), wanted.owner().get(i))
                    .setUuid("was_" + keyColumns.get(i), was.owner().get(i));
        }
        return cql.compareAndSet("binding name " + name + " anew", statement.setUuid("was_claim", was.claim()))
                .thenApply(reply ->
                        reply.applied() || reply.existing().map(this::binding).equals(Optional.of(wanted)));
    }

    /** Frees a name, if it still is bound so. */
    CompletionStage<Void> release(String name, Binding was) {
        var statement = release.bind().setString(nameColumn, name).setUuid("was_claim", was.claim());
        for (int i = 0; i < keyColumns.size(); i++) {
            statement =
                    statement.setUuid("was_" + keyColumns.get(i), was.owner().get(i));
        }
        return cql.compareAndSet("freeing name " + name, statement).thenAccept(reply -> {});
    }

    /** A row of the table, or what stood in the way of a compare-and-set, which has only the columns of the condition. */
    private Binding binding(Row row) {
        List<UUID> owner = new ArrayList<>();
        for (String column : keyColumns) {
            owner.add(Columns.uuid(row, column));
        }
        return new Binding(owner, row.getUuid("claim"));
    }
}
