package org.pombal.geodb.migration;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.geodb.embedded.TestCassandra;

class SchemaInstallerTest {

    private static final AtomicInteger keyspaces = new AtomicInteger();

    private static final Migration FIRST =
            Migration.parse("V1.001__first.cql", "CREATE TABLE IF NOT EXISTS one (id int PRIMARY KEY);");
    private static final Migration SECOND = Migration.parse(
            "V1.002__second.cql",
            "CREATE TABLE IF NOT EXISTS two (id int PRIMARY KEY);\nALTER TABLE one ADD IF NOT EXISTS extra int;");

    /** A keyspace for each test; they end with the process. */
    private final CassandraConfig config = TestCassandra.client("migration_" + keyspaces.incrementAndGet());

    private final Queue<String> progress = new ConcurrentLinkedQueue<>();

    private SchemaInstaller installer(Duration limit, Migration... known) {
        return new SchemaInstaller(config, List.of(known), "this-host", limit, progress::add);
    }

    private void install(Migration... known) {
        installer(Duration.ofSeconds(60), known).install();
    }

    private CqlSession session() {
        return new CassandraSession(config).inKeyspace();
    }

    private SchemaState state(Migration... known) {
        try (CqlSession session = session()) {
            return new SchemaCheck(session, config.keyspace(), List.of(known)).state();
        }
    }

    @Test
    void aSchemaIsCreatedThenBroughtForwardThenLeftAlone() {
        install(FIRST);
        assertThat(state(FIRST)).isEqualTo(new SchemaState.Usable(config.keyspace(), FIRST.version()));
        assertThat(state(FIRST, SECOND))
                .isEqualTo(new SchemaState.TooOld(config.keyspace(), FIRST.version(), SECOND.version()));

        install(FIRST, SECOND);
        install(FIRST, SECOND);

        assertThat(state(FIRST, SECOND)).isEqualTo(new SchemaState.Usable(config.keyspace(), SECOND.version()));
        assertThat(state(FIRST)).isEqualTo(new SchemaState.Usable(config.keyspace(), SECOND.version()));
        assertThat(progress)
                .containsExactly(
                        "created keyspace " + config.keyspace() + " with replication {datacenter1=1}",
                        "applied migration 1.001, first",
                        "applied migration 1.002, second",
                        "the schema of keyspace " + config.keyspace() + " is up to date");
    }

    @Test
    void severalStartersAtOnceApplyEachMigrationOnce() throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ends.add(starters.submit(() -> install(FIRST, SECOND)));
            }
            for (Future<?> end : ends) {
                end.get(60, SECONDS);
            }
        } finally {
            starters.shutdownNow();
        }

        assertThat(progress)
                .filteredOn(line -> line.startsWith("applied migration"))
                .containsExactly("applied migration 1.001, first", "applied migration 1.002, second");
        assertThat(state(FIRST, SECOND)).isInstanceOf(SchemaState.Usable.class);
        try (CqlSession session = session()) {
            session.execute("INSERT INTO one (id, extra) VALUES (1, 2)");
            session.execute("INSERT INTO two (id) VALUES (1)");
        }
    }

    @Test
    void theWorkOfAStarterThatDiedHalfWayIsFinished() {
        install(FIRST);
        try (CqlSession session = session()) {
            session.execute("CREATE TABLE two (id int PRIMARY KEY)");
            session.execute(
                    "INSERT INTO schema_lock (name, holder, host) VALUES ('migration', ?, 'dead-host')"
                            + " IF NOT EXISTS USING TTL 2",
                    UUID.randomUUID());
        }

        install(FIRST, SECOND);

        assertThat(progress).contains("waiting for dead-host, which is changing the schema");
        assertThat(state(FIRST, SECOND)).isInstanceOf(SchemaState.Usable.class);
    }

    @Test
    void aStarterThatTakesTooLongIsNamed() {
        install(FIRST);
        try (CqlSession session = session()) {
            session.execute(
                    "INSERT INTO schema_lock (name, holder, host) VALUES ('migration', ?, 'slow-host')"
                            + " IF NOT EXISTS",
                    UUID.randomUUID());
        }

        assertThatThrownBy(
                        () -> installer(Duration.ofMillis(500), FIRST, SECOND).install())
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("is being changed by slow-host");
    }

    @Test
    void aLaterMajorSchemaIsRefused() {
        install(FIRST);
        try (CqlSession session = session()) {
            session.execute(
                    "INSERT INTO schema_version (component, major, step) VALUES ('geodb', 2, 1)" + " IF NOT EXISTS");
        }

        assertThat(state(FIRST, SECOND))
                .isEqualTo(new SchemaState.TooNew(config.keyspace(), new SchemaVersion(2, 1), SECOND.version()));
        assertThatThrownBy(() -> install(FIRST, SECOND))
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("is at version 2.001, but this release knows only 1.x");
        try (CqlSession session = session()) {
            assertThatThrownBy(() -> new SchemaCheck(session, config.keyspace()).require())
                    .isInstanceOf(GeoDbUnavailableException.class)
                    .hasMessageContaining("upgrade Pombal on this host");
        }
    }

    @Test
    void anEmptyKeyspaceHasNoSchema() {
        try (CqlSession session = new CassandraSession(config).outsideKeyspaces()) {
            session.execute("CREATE KEYSPACE " + config.keyspace()
                    + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
        }

        assertThat(state(FIRST)).isEqualTo(new SchemaState.Missing(config.keyspace()));
        assertThat(state(FIRST).message()).contains("'pombal geodb init' creates it");
    }
}
