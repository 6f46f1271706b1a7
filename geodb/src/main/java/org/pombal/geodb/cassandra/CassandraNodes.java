package org.pombal.geodb.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Nodes;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.SiteId;

/** Nodes, in {@code nodes}; plain writes at LOCAL_QUORUM that expire. */
final class CassandraNodes implements Nodes {

    private final Cql cql;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement selectSite;
    private final PreparedStatement delete;

    CassandraNodes(Cql cql) {
        this.cql = cql;
        this.insert = cql.write("""
                INSERT INTO nodes (site_id, role, name, host, version, dovecot, data_centre, peer, started_at, seen_at,
                    interval_ms, lag_ms)
                VALUES (:site_id, :role, :name, :host, :version, :dovecot, :data_centre, :peer, :started_at, :seen_at,
                    :interval_ms, :lag_ms)
                USING TTL :ttl
                """);
        String columns =
                "site_id, role, name, host, version, dovecot, data_centre, peer, started_at, seen_at, interval_ms, lag_ms";
        this.select = cql.read("SELECT " + columns + " FROM nodes WHERE site_id = ? AND role = ? AND name = ?");
        this.selectSite = cql.read("SELECT " + columns + " FROM nodes WHERE site_id = ?");
        this.delete = cql.write("DELETE FROM nodes WHERE site_id = ? AND role = ? AND name = ?");
    }

    @Override
    public CompletionStage<Void> report(NodeReport report) {
        NodeId id = report.id();
        return cql.write(
                "reporting " + id,
                insert.bind()
                        .setUuid("site_id", id.site().value())
                        .setString("role", id.role().toString())
                        .setString("name", id.name().value())
                        .setString("host", report.host())
                        .setString("version", report.version())
                        .setString("dovecot", report.dovecot().orElse(null))
                        .setString("data_centre", report.dataCentre())
                        .setString("peer", report.peer().orElse(null))
                        .setInstant("started_at", report.startedAt())
                        .setInstant("seen_at", report.seenAt())
                        .setLong("interval_ms", report.interval().toMillis())
                        .set("lag_ms", report.lag().map(Duration::toMillis).orElse(null), Long.class)
                        .setInt("ttl", (int) RETENTION.toSeconds()));
    }

    @Override
    public CompletionStage<Optional<NodeReport>> find(NodeId id) {
        return cql.one(
                "reading " + id,
                select.bind(id.site().value(), id.role().toString(), id.name().value()),
                CassandraNodes::report);
    }

    @Override
    public CompletionStage<List<NodeReport>> list(SiteId site) {
        return cql.all("listing nodes of site " + site, selectSite.bind(site.value()), CassandraNodes::report);
    }

    @Override
    public CompletionStage<Void> remove(NodeId id) {
        return cql.write(
                "removing " + id,
                delete.bind(id.site().value(), id.role().toString(), id.name().value()));
    }

    private static NodeReport report(Row row) {
        return new NodeReport(
                new NodeId(
                        new SiteId(Columns.uuid(row, "site_id")),
                        NodeRole.parse(Columns.text(row, "role")),
                        new HostName(Columns.text(row, "name"))),
                Columns.text(row, "host"),
                Columns.text(row, "version"),
                Columns.optionalText(row, "dovecot"),
                Columns.text(row, "data_centre"),
                Columns.optionalText(row, "peer"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "seen_at"),
                Duration.ofMillis(row.getLong("interval_ms")),
                row.isNull("lag_ms") ? Optional.empty() : Optional.of(Duration.ofMillis(row.getLong("lag_ms"))));
    }
}
