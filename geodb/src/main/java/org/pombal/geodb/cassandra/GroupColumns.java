package org.pombal.geodb.cassandra;

import static java.util.stream.Collectors.toMap;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.MovePhase;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** A user group and the columns it is stored in. */
final class GroupColumns {

    /** All columns but the key, in no order that has a meaning. */
    static final String NAMES = """
            backend_id, owner_incarnation, failover_backend_id, move_id, move_dest, move_dest_incarnation, move_phase, \
            move_lazy, move_cause, move_started_at, leaving, leaving_asked, epoch, sticky_backend, sticky_users, \
            retired\
            """;

    private static final TupleType DEPARTURE =
            DataTypes.tupleOf(DataTypes.UUID, DataTypes.UUID, DataTypes.TEXT, DataTypes.UUID, DataTypes.TEXT);
    private static final GenericType<Map<String, TupleValue>> DEPARTURES =
            GenericType.mapOf(GenericType.STRING, GenericType.TUPLE_VALUE);

    private static final TupleType ASKED = DataTypes.tupleOf(DataTypes.UUID, DataTypes.TEXT, DataTypes.TIMESTAMP);

    private GroupColumns() {}

    /** A statement with all values that the group has; columns of what it has not stay unset. */
    static BoundStatement insertion(PreparedStatement statement, UserGroup group) {
        BoundStatement bound = key(statement.bind(), group.id())
                .setUuid("backend_id", group.backend().value())
                .setLong("owner_incarnation", group.owner().incarnation())
                .setLong("epoch", group.epoch())
                .setBoolean("sticky_backend", group.stickyBackend())
                .setBoolean("sticky_users", group.stickyUsers());
        return group.failover()
                .map(failover -> bound.setUuid("failover_backend_id", failover.value()))
                .orElse(bound);
    }

    /** A statement that replaces all columns, those of what the group has not by null. */
    static BoundStatement replacement(PreparedStatement statement, UserGroup group) {
        @Nullable GroupMove move = group.move().orElse(null);
        return key(statement.bind(), group.id())
                .setUuid("backend_id", group.backend().value())
                .setLong("owner_incarnation", group.owner().incarnation())
                .setUuid(
                        "failover_backend_id",
                        group.failover().map(BackendId::value).orElse(null))
                .setUuid("move_id", move == null ? null : move.id().value())
                .setUuid("move_dest", move == null ? null : move.dest().value())
                .set("move_dest_incarnation", move == null ? null : move.destIncarnation(), Long.class)
                .setString("move_phase", move == null ? null : move.phase().toString())
                .set("move_lazy", move == null ? null : move.lazy(), Boolean.class)
                .setString("move_cause", move == null ? null : move.cause())
                .setInstant("move_started_at", move == null ? null : move.startedAt())
                .set("leaving", tuples(group.leaving(), GroupColumns::tuple), DEPARTURES)
                .set("leaving_asked", tuples(group.leaving(), GroupColumns::askedTuple), DEPARTURES)
                .setLong("epoch", group.epoch())
                .setBoolean("sticky_backend", group.stickyBackend())
                .setBoolean("sticky_users", group.stickyUsers());
    }

    private static BoundStatement key(BoundStatement bound, GroupId id) {
        return bound.setUuid("site_id", id.site().value()).setString("name", id.name());
    }

    static UserGroup group(Row row) {
        return new UserGroup(
                new GroupId(new SiteId(Columns.uuid(row, "site_id")), Columns.text(row, "name")),
                new GroupOwner(new BackendId(Columns.uuid(row, "backend_id")), row.getLong("owner_incarnation")),
                Columns.optionalUuid(row, "failover_backend_id").map(BackendId::new),
                Columns.optionalUuid(row, "move_id").map(id -> move(new MoveId(id), row)),
                departures(row),
                row.getLong("epoch"),
                row.getBoolean("sticky_backend"),
                row.getBoolean("sticky_users"));
    }

    private static GroupMove move(MoveId id, Row row) {
        @Nullable Instant startedAt = row.getInstant("move_started_at");
        return new GroupMove(
                id,
                new BackendId(Columns.uuid(row, "move_dest")),
                row.getLong("move_dest_incarnation"),
                MovePhase.parse(Columns.text(row, "move_phase")),
                row.getBoolean("move_lazy"),
                Columns.text(row, "move_cause"),
                startedAt == null ? Instant.EPOCH : startedAt);
    }

    private static @Nullable Map<String, TupleValue> tuples(
            SortedMap<UserKey, Departure> leaving, Function<Departure, TupleValue> tuple) {
        return leaving.isEmpty()
                ? null
                : leaving.entrySet().stream()
                        .collect(toMap(entry -> entry.getKey().value(), entry -> tuple.apply(entry.getValue())));
    }

    private static TupleValue askedTuple(Departure departure) {
        return ASKED.newValue()
                .setUuid(0, departure.id().value())
                .setString(1, departure.asked().map(Departure.Asked::by).orElse(null))
                .setInstant(2, departure.asked().map(Departure.Asked::at).orElse(null));
    }

    private static TupleValue tuple(Departure departure) {
        return DEPARTURE
                .newValue()
                .setUuid(0, departure.id().value())
                .setUuid(
                        1,
                        departure.target().map(target -> target.site().value()).orElse(null))
                .setString(2, departure.target().map(GroupId::name).orElse(null))
                .setUuid(
                        3,
                        departure.failover().map(group -> group.site().value()).orElse(null))
                .setString(4, departure.failover().map(GroupId::name).orElse(null));
    }

    private static SortedMap<UserKey, Departure> departures(Row row) {
        @Nullable Map<String, TupleValue> stored = row.get("leaving", DEPARTURES);
        if (stored == null) {
            return Collections.emptySortedMap();
        }
        @Nullable Map<String, TupleValue> asked = row.get("leaving_asked", DEPARTURES);
        SortedMap<UserKey, Departure> leaving =
                new TreeMap<>((left, right) -> left.value().compareTo(right.value()));
        stored.forEach((user, tuple) -> {
            MoveId id = new MoveId(uuid(tuple, 0));
            leaving.put(
                    new UserKey(user),
                    new Departure(
                            id,
                            groupId(tuple, 1),
                            groupId(tuple, 3),
                            Optional.ofNullable(asked).flatMap(known -> asked(known.get(user), id))));
        });
        return leaving;
    }

    private static Optional<Departure.Asked> asked(@Nullable TupleValue tuple, MoveId id) {
        if (tuple == null || !id.value().equals(tuple.getUuid(0))) {
            return Optional.empty();
        }
        @Nullable String by = tuple.getString(1);
        @Nullable Instant at = tuple.getInstant(2);
        return by == null || at == null ? Optional.empty() : Optional.of(new Departure.Asked(by, at));
    }

    private static UUID uuid(TupleValue tuple, int index) {
        @Nullable UUID value = tuple.getUuid(index);
        if (value == null) {
            throw new IllegalStateException("column leaving: value " + index + " of a user is null");
        }
        return value;
    }

    private static Optional<GroupId> groupId(TupleValue tuple, int siteIndex) {
        @Nullable UUID site = tuple.getUuid(siteIndex);
        @Nullable String name = tuple.getString(siteIndex + 1);
        return site == null || name == null ? Optional.empty() : Optional.of(new GroupId(new SiteId(site), name));
    }
}
