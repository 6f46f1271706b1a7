package org.pombal.geodb.cassandra;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Change;
import org.pombal.geodb.Change.BackendsChanged;
import org.pombal.geodb.Change.GroupChanged;
import org.pombal.geodb.Change.SitesChanged;
import org.pombal.geodb.Change.UserChanged;
import org.pombal.geodb.Changes;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** The feed, in {@code changes}: a partition a minute by the writers' clocks, rows that expire. */
final class CassandraChanges implements Changes {

    private final Cql cql;
    private final InstantSource clock;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraChanges(Cql cql, InstantSource clock) {
        this.cql = cql;
        this.clock = requireNonNull(clock, "clock is null");
        this.insert = cql.write("""
                INSERT INTO changes (minute, id, kind, site_id, name)
                VALUES (:minute, :id, :kind, :site_id, :name)
                USING TTL :ttl
                """);
        this.select = cql.read("SELECT id, kind, site_id, name FROM changes WHERE minute = ? AND id >= ? LIMIT ?");
    }

    @Override
    public CompletionStage<Void> announce(Change change) {
        UUID id = Uuids.timeBased();
        Columned row = Columned.of(change);
        BoundStatement statement = insert.boundStatementBuilder()
                .setInstant("minute", time(id).truncatedTo(MINUTES))
                .setUuid("id", id)
                .setString("kind", row.kind())
                .setUuid("site_id", row.site().map(SiteId::value).orElse(null))
                .setString("name", row.name().orElse(null))
                .setInt("ttl", (int) RETENTION.toSeconds())
                .build();
        return cql.write("announcing " + change, statement);
    }

    @Override
    public CompletionStage<List<Entry>> since(Instant from) {
        Instant now = clock.instant();
        Instant oldest = now.minus(RETENTION);
        Instant start = from.isBefore(oldest) ? oldest : from;
        return read(start, start.truncatedTo(MINUTES), now, new ArrayList<>());
    }

    /** Minute after minute, until now or until there are as many as one answer may have. */
    private CompletionStage<List<Entry>> read(Instant from, Instant minute, Instant now, List<Entry> entries) {
        if (minute.isAfter(now)) {
            return completedFuture(entries);
        }
        int room = MAX_ENTRIES - entries.size();
        return cql.all(
                        "reading changes since " + from,
                        select.bind(minute, Uuids.startOf(from.toEpochMilli()), room),
                        CassandraChanges::entry)
                .thenCompose(found -> {
                    found.forEach(entry -> entry.ifPresent(entries::add));
                    return found.size() == room
                            ? completedFuture(entries)
                            : read(from, minute.plus(1, MINUTES), now, entries);
                });
    }

    private static Optional<Entry> entry(Row row) {
        UUID id = Columns.uuid(row, "id");
        Columned columned = new Columned(
                Columns.text(row, "kind"),
                Columns.optionalUuid(row, "site_id").map(SiteId::new),
                Columns.optionalText(row, "name"));
        return columned.change().map(change -> new Entry(id.toString(), time(id), change));
    }

    private static Instant time(UUID id) {
        return Instant.ofEpochMilli(Uuids.unixTimestamp(id));
    }

    /** A change as the columns of a row. */
    private record Columned(String kind, Optional<SiteId> site, Optional<String> name) {

        static Columned of(Change change) {
            if (change instanceof BackendsChanged backends) {
                return new Columned("backends", Optional.of(backends.site()), Optional.empty());
            }
            if (change instanceof GroupChanged changed) {
                GroupId group = changed.group();
                return new Columned("group", Optional.of(group.site()), Optional.of(group.name()));
            }
            if (change instanceof UserChanged changed) {
                return new Columned(
                        "user", Optional.empty(), Optional.of(changed.user().value()));
            }
            return new Columned("sites", Optional.empty(), Optional.empty());
        }

        /** Empty for a kind that only a newer release knows. */
        Optional<Change> change() {
            return switch (kind) {
                case "sites" -> Optional.of(new SitesChanged());
                case "backends" -> site.map(BackendsChanged::new);
                case "group" -> site.flatMap(its -> name.map(group -> new GroupChanged(new GroupId(its, group))));
                case "user" -> name.map(user -> new UserChanged(new UserKey(user)));
                default -> Optional.empty();
            };
        }
    }
}
