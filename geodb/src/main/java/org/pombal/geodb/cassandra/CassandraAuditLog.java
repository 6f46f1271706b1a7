package org.pombal.geodb.cassandra;

import static java.time.ZoneOffset.UTC;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.AuditPosition;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

/** The audit log, in {@code audit_log}: a partition a day, plain writes at LOCAL_QUORUM that expire. */
final class CassandraAuditLog implements AuditLog {

    /** How many days without entries one page goes back over. */
    private static final int DAYS_A_PAGE = 40;

    private static final String COLUMNS = "at, id, who, came_from, action, target, before, after, why, result";

    private final Cql cql;
    private final InstantSource clock;
    private final PreparedStatement insert;
    private final PreparedStatement selectOlder;
    private final PreparedStatement selectSameTime;

    CassandraAuditLog(Cql cql, InstantSource clock) {
        this.cql = cql;
        this.clock = clock;
        this.insert = cql.write("INSERT INTO audit_log (day, " + COLUMNS + """
                ) VALUES (:day, :at, :id, :who, :came_from, :action, :target, :before, :after, :why, :result)
                USING TTL :ttl
                """);
        String select = "SELECT " + COLUMNS + " FROM audit_log WHERE day = ? AND ";
        this.selectOlder = cql.read(select + "at < ? LIMIT ?");
        this.selectSameTime = cql.read(select + "at = ? AND id > ? LIMIT ?");
    }

    @Override
    public CompletionStage<Void> write(AuditEntry entry) {
        BoundStatement statement = insert.bind()
                .setLocalDate("day", day(entry.at()))
                .setInstant("at", entry.at())
                .setUuid("id", entry.id())
                .setString("who", entry.who())
                .setString("came_from", entry.from())
                .setString("action", entry.action())
                .setString("target", entry.target())
                .setString("before", entry.before().orElse(null))
                .setString("after", entry.after().orElse(null))
                .setString("why", entry.why().orElse(null))
                .setString("result", entry.result().toString())
                .setInt("ttl", (int) RETENTION.toSeconds());
        return cql.write("writing the audit log", statement);
    }

    @Override
    public CompletionStage<Page<AuditEntry>> list(Optional<PageToken> from, int pageSize) {
        // A day ahead, for entries of controllers whose clocks are.
        AuditPosition start = from.map(AuditPosition::parse)
                .orElseGet(() -> new AuditPosition(clock.instant().plusSeconds(86_400), Optional.empty()));
        List<AuditEntry> entries = new ArrayList<>();
        CompletionStage<Void> sameTime = start.id()
                .map(id -> read(selectSameTime.bind(day(start.at()), start.at(), id, pageSize), entries))
                .orElseGet(() -> completedFuture(null));
        return sameTime.thenCompose(
                done -> older(entries, start.at(), day(start.at()).minusDays(DAYS_A_PAGE), pageSize));
    }

    /** Day after day backwards, until the page is full or it has gone back far enough for one page. */
    private CompletionStage<Page<AuditEntry>> older(
            List<AuditEntry> entries, Instant before, LocalDate last, int pageSize) {
        if (entries.size() >= pageSize) {
            return completedFuture(new Page<>(
                    entries,
                    Optional.of(
                            AuditPosition.after(entries.get(entries.size() - 1)).token())));
        }
        Instant inTheDay = before.minusMillis(1);
        LocalDate day = day(inTheDay);
        if (before.isBefore(clock.instant().minus(RETENTION))) {
            return completedFuture(new Page<>(entries, Optional.empty()));
        }
        if (day.isBefore(last)) {
            return completedFuture(
                    new Page<>(entries, Optional.of(new AuditPosition(before, Optional.empty()).token())));
        }
        return read(selectOlder.bind(day, before, pageSize - entries.size()), entries)
                .thenCompose(done -> older(entries, day.atStartOfDay(UTC).toInstant(), last, pageSize));
    }

    private CompletionStage<Void> read(BoundStatement statement, List<AuditEntry> entries) {
        return cql.all("reading the audit log", statement, CassandraAuditLog::entry)
                .thenAccept(entries::addAll);
    }

    private static LocalDate day(Instant at) {
        return at.atZone(UTC).toLocalDate();
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                Columns.uuid(row, "id"),
                Columns.instant(row, "at"),
                Columns.text(row, "who"),
                Columns.text(row, "came_from"),
                Columns.text(row, "action"),
                Columns.text(row, "target"),
                Columns.optionalText(row, "before"),
                Columns.optionalText(row, "after"),
                Columns.optionalText(row, "why"),
                AuditEntry.Result.valueOf(Columns.text(row, "result").toUpperCase(Locale.ROOT)));
    }
}
