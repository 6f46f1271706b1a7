package org.pombal.geodb.migration;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.LOCAL_QUORUM;
import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.pombal.geodb.GeoDbUnavailableException;

/**
 * Lets one starter at a time change the schema. The lock is a row that expires: a starter that dies leaves it for
 * {@link #EXPIRY}, one that lives renews it before each statement, which takes less long than that.
 */
final class SchemaLock {

    static final Duration EXPIRY = Duration.ofSeconds(60);

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %s.schema_lock (
                name text PRIMARY KEY,
                holder uuid,
                host text
            ) WITH id = %s AND gc_grace_seconds = 3600 AND comment = 'Who changes the schema'
            """;

    private final CqlSession session;
    private final String keyspace;
    private final UUID holder;
    private final String host;

    /** @param host tells operators who holds the lock */
    SchemaLock(CqlSession session, String keyspace, UUID holder, String host) {
        this.session = session;
        this.keyspace = keyspace;
        this.holder = holder;
        this.host = host;
    }

    void create(SchemaChange change) {
        change.apply(CREATE.formatted(keyspace, SchemaChange.tableId(keyspace, "schema_lock")));
    }

    /** Takes the lock unless somebody has it; returns who does, or empty if it is ours. */
    Optional<String> tryTake() {
        ResultSet reply = compareAndSet(
                "INSERT INTO " + keyspace + ".schema_lock (name, holder, host) VALUES ('migration', ?, ?)"
                        + " IF NOT EXISTS USING TTL ?",
                holder,
                host,
                (int) EXPIRY.toSeconds());
        if (reply.wasApplied()) {
            return Optional.empty();
        }
        Row standing = reply.one();
        // Ours, if the answer to an earlier try was lost.
        return standing == null || holder.equals(standing.getUuid("holder"))
                ? Optional.empty()
                : Optional.of(String.valueOf(standing.getString("host")));
    }

    /** @throws GeoDbUnavailableException if the lock was lost */
    void renew() {
        boolean ours = compareAndSet(
                        "UPDATE " + keyspace + ".schema_lock USING TTL ? SET holder = ?, host = ?"
                                + " WHERE name = 'migration' IF holder = ?",
                        (int) EXPIRY.toSeconds(),
                        holder,
                        host,
                        holder)
                .wasApplied();
        if (!ours) {
            throw new GeoDbUnavailableException("the lock on the schema of keyspace " + keyspace
                    + " was lost to another starter, which goes on from here");
        }
    }

    void release() {
        compareAndSet("DELETE FROM " + keyspace + ".schema_lock WHERE name = 'migration' IF holder = ?", holder);
    }

    /** Each of them may be repeated: the holder is part of the condition, or of the row that stands in the way. */
    private ResultSet compareAndSet(String cql, Object... values) {
        SimpleStatement statement = SimpleStatement.newInstance(cql, values)
                .setConsistencyLevel(LOCAL_QUORUM)
                .setSerialConsistencyLevel(SERIAL)
                .setIdempotent(false);
        return Patience.ask(() -> session.execute(statement));
    }
}
