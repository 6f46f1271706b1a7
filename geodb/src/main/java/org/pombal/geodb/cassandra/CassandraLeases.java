package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.DefaultConsistencyLevel.LOCAL_SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Leases;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseState;

/**
 * Leases, in {@code leases} at LOCAL_SERIAL. A request about them has half the time of others: a node of Cassandra that does not answer must
 * cost a renewal so little of the trust that there is time to ask another, and that one, too, may be slow.
 */
final class CassandraLeases implements Leases {

    private final Cql cql;
    private final Duration timeout;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectWriteTime;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    CassandraLeases(Cql cql) {
        this.cql = cql;
        this.timeout = cql.requestTimeout().dividedBy(2);
        String select = "SELECT incarnation, counter, state, fenced, holder, process FROM leases WHERE id = ?";
        this.select = cql.read(select);
        this.selectSerially = cql.read(select, LOCAL_SERIAL);
        this.selectWriteTime = cql.read("SELECT writetime(counter) AS written FROM leases WHERE id = ?");
        this.insert = cql.compareAndSet("""
                INSERT INTO leases (id, incarnation, counter, state, fenced, holder, process)
                VALUES (:id, :incarnation, :counter, :state, :fenced, :holder, :process)
                IF NOT EXISTS
                """, LOCAL_SERIAL);
        this.update = cql.compareAndSet("""
                UPDATE leases SET incarnation = :incarnation, counter = :counter, state = :state, fenced = :fenced,
                    holder = :holder, process = :process
                WHERE id = :id
                IF incarnation = :old_incarnation AND counter = :old_counter AND state = :old_state
                """, LOCAL_SERIAL);
    }

    @Override
    public CompletionStage<Optional<Lease>> find(LeaseId id, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return cql.one(
                "reading lease " + id.key(), statement.bind(id.key()).setTimeout(timeout), row -> lease(id, row));
    }

    /** The timestamp of a compare-and-set is that of its Paxos ballot: the clock of the coordinator, in microseconds. */
    @Override
    public CompletionStage<Optional<Instant>> writtenAt(LeaseId id) {
        return cql.one(
                "reading when lease " + id.key() + " was written",
                selectWriteTime.bind(id.key()).setTimeout(timeout),
                row -> Instant.EPOCH.plus(row.getLong("written"), ChronoUnit.MICROS));
    }

    @Override
    public CompletionStage<Cas<Lease>> replace(Optional<Lease> expected, Lease next) {
        String what = "writing lease " + next.id().key();
        BoundStatement statement = expected.map(old -> bind(update, next)
                        .setLong("old_incarnation", old.incarnation())
                        .setLong("old_counter", old.counter())
                        .setString("old_state", old.state().toString()))
                .orElseGet(() -> bind(insert, next));
        return cql.compareAndSet(what, statement).thenCompose(reply -> outcome(what, next, reply));
    }

    /** The answer names only what the condition does, so who holds the lease now has to be read. */
    private CompletionStage<Cas<Lease>> outcome(String what, Lease next, CasReply reply) {
        if (reply.applied()) {
            return completedFuture(new Cas.Applied<>(next));
        }
        CompletionStage<Optional<Lease>> row = find(next.id(), ReadLevel.SERIAL);
        return reply.askedAgain()
                ? Failures.readBack(what, row)
                        .thenApply(standing ->
                                standing.equals(Optional.of(next)) ? new Cas.Applied<>(next) : new Cas.Lost<>(standing))
                : row.thenApply(Cas.Lost::new);
    }

    private BoundStatement bind(PreparedStatement statement, Lease lease) {
        return statement
                .bind()
                .setTimeout(timeout)
                .setString("id", lease.id().key())
                .setLong("incarnation", lease.incarnation())
                .setLong("counter", lease.counter())
                .setString("state", lease.state().toString())
                .setBoolean("fenced", lease.fenced())
                .setString("holder", lease.holder())
                .setUuid("process", lease.process());
    }

    private static Lease lease(LeaseId id, Row row) {
        return new Lease(
                id,
                row.getLong("incarnation"),
                row.getLong("counter"),
                LeaseState.parse(Columns.text(row, "state")),
                row.getBoolean("fenced"),
                Columns.text(row, "holder"),
                Columns.uuid(row, "process"));
    }
}
