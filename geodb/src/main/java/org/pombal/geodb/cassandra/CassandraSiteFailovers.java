package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.SiteFailovers;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.SiteFailover;

/** Failovers of sites, in {@code site_failovers} at SERIAL. */
final class CassandraSiteFailovers implements SiteFailovers {

    private final Cql cql;
    private final Announcing announcing;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectAll;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    CassandraSiteFailovers(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        String columns =
                "SELECT id, phase, term, by_operator, shares, rate, paused, returning_id, returning_percentage,"
                        + " relapses, version FROM site_failovers";
        this.select = cql.read(columns + " WHERE id = ?");
        this.selectSerially = cql.read(columns + " WHERE id = ?", SERIAL);
        this.selectAll = cql.read(columns);
        this.insert = cql.compareAndSet("""
                INSERT INTO site_failovers (id, phase, term, by_operator, shares, rate, paused, returning_id,
                    returning_percentage, relapses, version)
                VALUES (:id, :phase, :term, :by_operator, :shares, :rate, :paused, :returning_id,
                    :returning_percentage, :relapses, :version)
                IF NOT EXISTS
                """, SERIAL);
        this.update = cql.compareAndSet("""
                UPDATE site_failovers SET phase = :phase, term = :term, by_operator = :by_operator, shares = :shares,
                    rate = :rate, paused = :paused, returning_id = :returning_id,
                    returning_percentage = :returning_percentage, relapses = :relapses, version = :version
                WHERE id = :id
                IF version = :before
                """, SERIAL);
    }

    @Override
    public CompletionStage<SiteFailover> find(SiteId site, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return read(site, statement).thenApply(found -> found.orElseGet(() -> SiteFailover.never(site)));
    }

    private CompletionStage<Optional<SiteFailover>> read(SiteId site, PreparedStatement statement) {
        return cql.one(
                "reading the failover of site " + site, statement.bind(site.value()), CassandraSiteFailovers::failover);
    }

    @Override
    public CompletionStage<List<SiteFailover>> list() {
        return cql.all("listing failovers of sites", selectAll.bind(), CassandraSiteFailovers::failover);
    }

    @Override
    public CompletionStage<Cas<SiteFailover>> update(SiteFailover next) {
        String what = "writing the failover of site " + next.site();
        boolean first = next.version() == 1;
        BoundStatement statement =
                first ? bind(insert, next) : bind(update, next).setLong("before", next.version() - 1);
        return announcing.after(
                cql.compareAndSet(what, statement).thenCompose(reply -> {
                    CompletionStage<Optional<SiteFailover>> standing =
                            reply.applied() ? completedFuture(Optional.of(next)) : read(next.site(), selectSerially);
                    return first
                            ? (reply.askedAgain() ? Failures.readBack(what, standing) : standing)
                                    .thenApply(row -> FirstWriter.outcome(next, row))
                            : VersionedUpdate.settle(what, reply, next, SiteFailover::version, () -> standing);
                }),
                new Change.SitesChanged());
    }

    private static BoundStatement bind(PreparedStatement statement, SiteFailover row) {
        Map<UUID, Integer> shares = new HashMap<>();
        row.shares().forEach((site, share) -> shares.put(site.value(), share));
        BoundStatement bound = statement
                .bind()
                .setUuid("id", row.site().value())
                .setString("phase", row.phase().toString())
                .setLong("term", row.term())
                .setBoolean("by_operator", row.byOperator())
                .setMap("shares", shares, UUID.class, Integer.class)
                .setInt("rate", row.rate())
                .setBoolean("paused", row.paused())
                .setInt("relapses", row.relapses())
                .setLong("version", row.version())
                .setString("returning_id", row.returning().map(UserShare::id).orElse(null));
        return row.returning().isPresent()
                ? bound.setInt("returning_percentage", row.returning().get().percentage())
                : bound.setToNull("returning_percentage");
    }

    private static SiteFailover failover(Row row) {
        SortedMap<SiteId, Integer> shares = new TreeMap<>();
        @Nullable Map<UUID, Integer> stored = row.getMap("shares", UUID.class, Integer.class);
        if (stored != null) {
            stored.forEach((site, share) -> shares.put(new SiteId(site), share));
        }
        return new SiteFailover(
                new SiteId(Columns.uuid(row, "id")),
                FailoverPhase.parse(Columns.text(row, "phase")),
                row.getLong("term"),
                row.getBoolean("by_operator"),
                shares,
                row.getInt("rate"),
                row.getBoolean("paused"),
                Columns.optionalText(row, "returning_id")
                        .map(id -> new UserShare(id, row.getInt("returning_percentage"))),
                row.getInt("relapses"),
                row.getLong("version"));
    }
}
