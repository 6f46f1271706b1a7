package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.BackendLoads;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;

/** Loads of backends, in {@code backend_loads}; plain writes at LOCAL_QUORUM that expire. */
final class CassandraBackendLoads implements BackendLoads {

    private static final TupleType TRAFFIC =
            DataTypes.tupleOf(DataTypes.DOUBLE, DataTypes.DOUBLE, DataTypes.DOUBLE, DataTypes.BIGINT);
    private static final GenericType<Map<String, TupleValue>> GROUPS =
            GenericType.mapOf(GenericType.STRING, GenericType.TUPLE_VALUE);

    private final Cql cql;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraBackendLoads(Cql cql) {
        this.cql = cql;
        this.insert = cql.write("""
                INSERT INTO backend_loads (site_id, backend_id, measured_at, measured_ms, host, user_groups)
                VALUES (:site_id, :backend_id, :measured_at, :measured_ms, :host, :user_groups)
                USING TTL :ttl
                """);
        this.select = cql.read("""
                SELECT site_id, backend_id, measured_at, measured_ms, host, user_groups FROM backend_loads WHERE site_id = ?
                """);
    }

    @Override
    public CompletionStage<Void> publish(BackendLoad load) {
        Map<String, Double> host = load.host().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        Map<String, TupleValue> groups = load.groups().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().name(), entry -> tuple(entry.getValue())));
        return cql.write(
                "publishing the load of backend " + load.backend(),
                insert.bind()
                        .setUuid("site_id", load.site().value())
                        .setUuid("backend_id", load.backend().value())
                        .setInstant("measured_at", load.at())
                        .setLong("measured_ms", load.measured().toMillis())
                        .setMap("host", host, String.class, Double.class)
                        .set("user_groups", groups, GROUPS)
                        .setInt("ttl", (int) RETENTION.toSeconds()));
    }

    @Override
    public CompletionStage<List<BackendLoad>> list(SiteId site) {
        return cql.all(
                "listing loads of the backends of site " + site,
                select.bind(site.value()),
                CassandraBackendLoads::load);
    }

    private static TupleValue tuple(GroupTraffic traffic) {
        return TRAFFIC.newValue()
                .setDouble(0, traffic.sessions())
                .setDouble(1, traffic.logins())
                .setDouble(2, traffic.deliveries())
                .setLong(3, traffic.measured().toMillis());
    }

    private static BackendLoad load(Row row) {
        SiteId site = new SiteId(Columns.uuid(row, "site_id"));
        Map<String, TupleValue> groups = requireNonNull(row.get("user_groups", GROUPS));
        return new BackendLoad(
                site,
                new BackendId(Columns.uuid(row, "backend_id")),
                Columns.instant(row, "measured_at"),
                Duration.ofMillis(row.getLong("measured_ms")),
                host(row),
                groups.entrySet().stream()
                        .collect(
                                toMap(entry -> new GroupId(site, entry.getKey()), entry -> traffic(entry.getValue()))));
    }

    /** Without what only a newer release knows. */
    private static Map<HostMetric, Double> host(Row row) {
        Map<HostMetric, Double> host = new EnumMap<>(HostMetric.class);
        requireNonNull(row.getMap("host", String.class, Double.class))
                .forEach((name, value) -> HostMetric.of(name).ifPresent(metric -> host.put(metric, value)));
        return host;
    }

    private static GroupTraffic traffic(TupleValue tuple) {
        return new GroupTraffic(
                tuple.getDouble(0), tuple.getDouble(1), tuple.getDouble(2), Duration.ofMillis(tuple.getLong(3)));
    }
}
