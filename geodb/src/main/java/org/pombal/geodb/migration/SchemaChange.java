package org.pombal.geodb.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.UUID;
import org.pombal.geodb.GeoDbUnavailableException;

/** Sends statements that change the schema, and waits until all nodes have agreed on each. */
final class SchemaChange {

    /** Cassandra takes seconds for one when it is busy; the driver's usual limit is too short. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CqlSession session;

    SchemaChange(CqlSession session) {
        this.session = session;
    }

    /** @throws GeoDbUnavailableException if the nodes do not agree on the schema in time */
    void apply(String statement) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(LIMIT).setIdempotent(true));
        // The driver has waited for agreement already, but does not say so when that took too long.
        if (!session.checkSchemaAgreement()) {
            throw new GeoDbUnavailableException("the nodes of Cassandra do not agree on the schema after: " + statement
                    + "; bring all of them up and try again");
        }
    }

    /**
     * The id of a table that several starters may create at the same moment. With ids of Cassandra's own choice, two
     * nodes could make two tables of one name.
     */
    static UUID tableId(String keyspace, String table) {
        return UUID.nameUUIDFromBytes(("pombal/" + keyspace + "/" + table).getBytes(UTF_8));
    }
}
