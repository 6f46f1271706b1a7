package org.pombal.geodb.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.geodb.embedded.TestCassandra;

class DictmapSchemaTest {

    private final CassandraConfig config = TestCassandra.client("beside_dictmap");

    @Test
    void createsWhatIsMissingAndLeavesTheRestAlone() {
        List<String> progress = new ArrayList<>();
        DictmapSchema schema = new DictmapSchema(config, "dictmap", progress::add);
        schema.install();
        assertThat(progress)
                .hasSize(9)
                .startsWith("created keyspace dictmap for fs-dictmap with replication {datacenter1=1}");
        try (CqlSession session = new CassandraSession(config.withKeyspace("dictmap")).outsideKeyspaces()) {
            KeyspaceMetadata made = session.getMetadata().getKeyspace("dictmap").orElseThrow();
            assertThat(made.getTables()).hasSize(8);
            assertThat(made.getReplication()).containsEntry("datacenter1", "1");
            session.execute("INSERT INTO dictmap.user_fts_objects (u, n, i) VALUES ('anna', 'a', 0xab)");
            session.execute("DROP TABLE dictmap.user_index_diff_objects");
            progress.clear();
            schema.install();
            schema.install();
            assertThat(progress).containsExactly("created table dictmap.user_index_diff_objects");
            assertThat(session.execute("SELECT i FROM dictmap.user_fts_objects WHERE u = 'anna'")
                            .one())
                    .isNotNull();
        }
    }
}
