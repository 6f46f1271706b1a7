package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** A proxy's statistics of a destination and the columns they are stored in. */
final class StatisticsColumns {

    static final String NAMES = """
            site_id, proxy, destination_kind, destination, traffic, window_from, window_until, attempts, successes, \
            failures, spent_us\
            """;

    static final String INSERT = """
            INSERT INTO proxy_dest_stats (site_id, proxy, destination_kind, destination, traffic, window_from, window_until,
                attempts, successes, failures, spent_us)
            VALUES (:site_id, :proxy, :destination_kind, :destination, :traffic, :window_from, :window_until,
                :attempts, :successes, :failures, :spent_us)
            USING TTL :ttl
            """;

    private static final String BACKEND = "backend";
    private static final String SITE = "site";

    private StatisticsColumns() {}

    static BoundStatement insertion(PreparedStatement statement, DestinationStatistics row) {
        Counts counts = row.counts();
        Map<String, Long> failures = counts.failures().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        return statement
                .bind()
                .setUuid("site_id", row.site().value())
                .setString("proxy", row.proxy().value())
                .setString("destination_kind", row.destination() instanceof ProxyDestination.OfSite ? SITE : BACKEND)
                .setUuid("destination", id(row.destination()))
                .setString("traffic", row.traffic().toString())
                .setInstant("window_from", row.from())
                .setInstant("window_until", row.until())
                .setLong("attempts", counts.attempts())
                .setLong("successes", counts.successes())
                .setMap("failures", failures, String.class, Long.class)
                .setLong(
                        "spent_us", TimeUnit.NANOSECONDS.toMicros(counts.spent().toNanos()));
    }

    private static UUID id(ProxyDestination destination) {
        return destination instanceof ProxyDestination.OfSite site
                ? site.id().value()
                : ((ProxyDestination.OfBackend) destination).id().value();
    }

    /** Empty for what only a newer release knows. */
    static Optional<DestinationStatistics> statistics(Row row) {
        Optional<Traffic> traffic = Traffic.of(Columns.text(row, "traffic"));
        Optional<ProxyDestination> destination =
                switch (Columns.text(row, "destination_kind")) {
                    case BACKEND ->
                        Optional.of(new ProxyDestination.OfBackend(new BackendId(Columns.uuid(row, "destination"))));
                    case SITE -> Optional.of(new ProxyDestination.OfSite(new SiteId(Columns.uuid(row, "destination"))));
                    default -> Optional.empty();
                };
        return traffic.flatMap(kind -> destination.map(to -> new DestinationStatistics(
                new SiteId(Columns.uuid(row, "site_id")),
                new HostName(Columns.text(row, "proxy")),
                to,
                kind,
                Columns.instant(row, "window_from"),
                Columns.instant(row, "window_until"),
                counts(row))));
    }

    private static Counts counts(Row row) {
        Map<FailureKind, Long> failures =
                requireNonNull(row.getMap("failures", String.class, Long.class)).entrySet().stream()
                        .collect(toMap(entry -> FailureKind.of(entry.getKey()), Map.Entry::getValue, Long::sum));
        return new Counts(
                row.getLong("attempts"),
                row.getLong("successes"),
                failures,
                Duration.of(row.getLong("spent_us"), ChronoUnit.MICROS));
    }
}
