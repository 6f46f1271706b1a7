package org.pombal.geodb.migration;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraSession;

/**
 * Creates the keyspace and the tables of Dovecot's fs-dictmap for storages with object ids, as Dovecot documents them
 * (https://doc.dovecot.org/2.3/configuration_manual/mail_location/obox/dictmap_cassandra_objectid/). What is there stays as it
 * is. Several may do it at once.
 */
public final class DictmapSchema {

    private static final List<String> TABLES = List.of(
            "user_index_objects (u text, n text, i blob, PRIMARY KEY (u, n))",
            "user_mailbox_index_objects (u text, g blob, n text, i blob, PRIMARY KEY ((u, g), n))",
            "user_mailbox_objects (u text, g blob, b int, n blob, i blob, PRIMARY KEY ((u, g, b), n))",
            "user_mailbox_buckets (u text, g blob, b int, PRIMARY KEY ((u, g)))",
            "user_fts_objects (u text, n text, i blob, PRIMARY KEY (u, n))",
            "user_index_diff_objects (u text, h text, m text, PRIMARY KEY (u, h))",
            "user_mailbox_index_diff_objects (u text, g blob, h text, m text, PRIMARY KEY (u, g, h))",
            "user_mailbox_objects_reverse (u text, g blob, n blob, i blob, PRIMARY KEY (i, n))");

    private final CassandraConfig config;
    private final Consumer<String> progress;

    /**
     * @param config of the Cassandra; its replication is the new keyspace's too
     * @param progress told what is done, in words for an operator
     */
    public DictmapSchema(CassandraConfig config, String keyspace, Consumer<String> progress) {
        this.config = config.withKeyspace(keyspace);
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * Asks Cassandra, and blocks.
     *
     * @throws GeoDbUnavailableException if Cassandra cannot be reached or refuses. What was done so far stays, and the next try
     *     goes on
     */
    public void install() {
        String keyspace = config.keyspace();
        try (CqlSession session = new CassandraSession(config).outsideKeyspaces()) {
            Optional<KeyspaceMetadata> there = session.getMetadata().getKeyspace(keyspace);
            SchemaChange change = new SchemaChange(session);
            if (there.isEmpty()) {
                SchemaInstaller.createKeyspace(change, keyspace, config.replication());
                progress.accept(
                        "created keyspace " + keyspace + " for fs-dictmap with replication " + config.replication());
            }
            for (String table : TABLES) {
                String name = table.substring(0, table.indexOf(' '));
                if (there.flatMap(known -> known.getTable(name)).isEmpty()) {
                    change.apply("CREATE TABLE IF NOT EXISTS %s.%s WITH id = %s"
                            .formatted(keyspace, table, SchemaChange.tableId(keyspace, name)));
                    progress.accept("created table " + keyspace + "." + name);
                }
            }
        } catch (DriverException e) {
            throw new GeoDbUnavailableException(
                    "creating keyspace " + keyspace + " for fs-dictmap: " + e.getMessage(), e);
        }
    }
}
