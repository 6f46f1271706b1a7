package org.pombal.geodb.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.DestinationStatistics;

/** Statistics of proxies, in {@code proxy_dest_stats}; plain writes at LOCAL_QUORUM that expire. */
final class CassandraProxyStatistics implements ProxyStatistics {

    private final Cql cql;
    private final PreparedStatement insert;
    private final PreparedStatement selectSite;
    private final PreparedStatement selectProxy;
    private final PreparedStatement delete;

    CassandraProxyStatistics(Cql cql) {
        this.cql = cql;
        this.insert = cql.write(StatisticsColumns.INSERT);
        String select = "SELECT " + StatisticsColumns.NAMES + " FROM proxy_dest_stats WHERE site_id = ?";
        this.selectSite = cql.read(select);
        this.selectProxy = cql.read(select + " AND proxy = ?");
        this.delete = cql.write("DELETE FROM proxy_dest_stats WHERE site_id = ? AND proxy = ?");
    }

    @Override
    public CompletionStage<Void> publish(Collection<DestinationStatistics> rows) {
        return Fanout.ask(List.copyOf(rows), row -> cql.write(
                                "publishing statistics of proxy " + row.proxy(),
                                StatisticsColumns.insertion(insert, row).setInt("ttl", (int) RETENTION.toSeconds()))
                        .thenApply(written -> Optional.of(true)))
                .thenAccept(all -> {});
    }

    @Override
    public CompletionStage<List<DestinationStatistics>> list(SiteId site) {
        return cql.all(
                        "listing statistics of the proxies of site " + site,
                        selectSite.bind(site.value()),
                        StatisticsColumns::statistics)
                .thenApply(CassandraProxyStatistics::known);
    }

    @Override
    public CompletionStage<List<DestinationStatistics>> list(SiteId site, HostName proxy) {
        return cql.all(
                        "listing statistics of proxy " + proxy,
                        selectProxy.bind(site.value(), proxy.value()),
                        StatisticsColumns::statistics)
                .thenApply(CassandraProxyStatistics::known);
    }

    private static List<DestinationStatistics> known(List<Optional<DestinationStatistics>> rows) {
        return rows.stream().flatMap(Optional::stream).toList();
    }

    @Override
    public CompletionStage<Void> remove(SiteId site, HostName proxy) {
        return cql.write("removing statistics of proxy " + proxy, delete.bind(site.value(), proxy.value()));
    }
}
