package org.pombal.geodb.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Reachability;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.SiteId;

/** What proxies say about other sites, in {@code site_reachability}; plain writes at LOCAL_QUORUM that expire. */
final class CassandraReachability implements Reachability {

    private final Cql cql;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraReachability(Cql cql) {
        this.cql = cql;
        this.insert = cql.write("""
                INSERT INTO site_reachability (src_site_id, dest_site_id, proxy, reachable, lasts_ms, interval_ms, why)
                VALUES (:src_site_id, :dest_site_id, :proxy, :reachable, :lasts_ms, :interval_ms, :why)
                USING TTL :ttl
                """);
        this.select = cql.read("""
                SELECT src_site_id, dest_site_id, proxy, reachable, lasts_ms, interval_ms, why, TTL(reachable) AS left
                FROM site_reachability WHERE src_site_id = ?
                """);
    }

    @Override
    public CompletionStage<Void> publish(Collection<SiteSight> sights) {
        return Fanout.ask(List.copyOf(sights), sight -> cql.write(
                                "publishing the reachability of site " + sight.destination(),
                                insert.bind()
                                        .setUuid("src_site_id", sight.source().value())
                                        .setUuid(
                                                "dest_site_id",
                                                sight.destination().value())
                                        .setString("proxy", sight.proxy().value())
                                        .setInt("reachable", sight.reachable() ? 1 : 0)
                                        .setLong("lasts_ms", sight.lasts().toMillis())
                                        .setLong("interval_ms", sight.interval().toMillis())
                                        .setString("why", sight.why().orElse(null))
                                        .setInt("ttl", (int) RETENTION.toSeconds()))
                        .thenApply(written -> Optional.of(true)))
                .thenAccept(all -> {});
    }

    @Override
    public CompletionStage<List<SiteSight>> from(SiteId source) {
        return cql.all(
                "reading which sites site " + source + " reaches",
                select.bind(source.value()),
                CassandraReachability::sight);
    }

    private static SiteSight sight(Row row) {
        return new SiteSight(
                new SiteId(Columns.uuid(row, "src_site_id")),
                new SiteId(Columns.uuid(row, "dest_site_id")),
                new HostName(Columns.text(row, "proxy")),
                row.getInt("reachable") != 0,
                Duration.ofMillis(row.getLong("lasts_ms")),
                Duration.ofMillis(row.getLong("interval_ms")),
                Columns.optionalText(row, "why"),
                RETENTION.minusSeconds(row.getInt("left")));
    }
}
