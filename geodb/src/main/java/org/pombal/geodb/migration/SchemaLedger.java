package org.pombal.geodb.migration;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.LOCAL_QUORUM;
import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Which migrations a keyspace has had: table {@code schema_version}. */
final class SchemaLedger {

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %s.schema_version (
                component text,
                major int,
                step int,
                description text,
                applied_at timestamp,
                applied_by text,
                PRIMARY KEY ((component), major, step)
            ) WITH id = %s AND comment = 'Migrations that were applied'
            """;

    private final CqlSession session;
    private final String keyspace;

    SchemaLedger(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
    }

    void create(SchemaChange change) {
        change.apply(CREATE.formatted(keyspace, SchemaChange.tableId(keyspace, "schema_version")));
    }

    /** Empty if there is no table, which is not the same as a table without rows. */
    Optional<NavigableSet<SchemaVersion>> applied() {
        NavigableSet<SchemaVersion> versions = new TreeSet<>();
        try {
            Patience.ask(() -> session.execute(SimpleStatement.newInstance(
                                    "SELECT major, step FROM " + keyspace + ".schema_version WHERE component = 'geodb'")
                            .setConsistencyLevel(LOCAL_QUORUM)
                            .setIdempotent(true)))
                    .forEach(row -> versions.add(new SchemaVersion(row.getInt("major"), row.getInt("step"))));
        } catch (InvalidQueryException e) {
            return Optional.empty();
        }
        return Optional.of(versions);
    }

    void record(Migration migration, String appliedBy) {
        SimpleStatement insert = SimpleStatement.newInstance(
                        "INSERT INTO " + keyspace + ".schema_version"
                                + " (component, major, step, description, applied_at, applied_by)"
                                + " VALUES ('geodb', ?, ?, ?, ?, ?) IF NOT EXISTS",
                        migration.version().major(),
                        migration.version().step(),
                        migration.description(),
                        Instant.now(),
                        appliedBy)
                .setConsistencyLevel(LOCAL_QUORUM)
                .setSerialConsistencyLevel(SERIAL)
                .setIdempotent(false);
        Patience.ask(() -> session.execute(insert));
    }
}
