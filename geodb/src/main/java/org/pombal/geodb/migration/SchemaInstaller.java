package org.pombal.geodb.migration;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraSession;

/**
 * Creates the keyspace and brings its schema to this release's version. Does nothing where that is done already. Several
 * may run at once: one applies the migrations, the others wait for it, and take over if it dies.
 */
public final class SchemaInstaller {

    private final CassandraSession sessions;
    private final CassandraConfig config;
    private final List<Migration> known;
    private final String host;
    private final Duration limit;
    private final Consumer<String> progress;

    /**
     * @param host name of this host, for others who wait and for the record of what was applied
     * @param limit how long to wait for another starter, at least {@link SchemaLock#EXPIRY} if a dead one's work is to be
     *     taken over
     * @param progress told what is done, in words for an operator
     */
    public SchemaInstaller(CassandraConfig config, String host, Duration limit, Consumer<String> progress) {
        this(config, Migration.ALL, host, limit, progress);
    }

    SchemaInstaller(
            CassandraConfig config, List<Migration> known, String host, Duration limit, Consumer<String> progress) {
        this.sessions = new CassandraSession(config);
        this.config = config;
        this.known = List.copyOf(known);
        this.host = requireNonNull(host, "host is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * Asks Cassandra, and blocks.
     *
     * @throws GeoDbUnavailableException if Cassandra cannot be reached or refuses, if the schema is of a later major
     *     version, or if another starter did not finish in time. What was done so far stays, and the next try goes on
     */
    public void install() {
        try {
            createKeyspace();
            try (CqlSession session = sessions.inKeyspace()) {
                migrate(session);
            }
        } catch (DriverException e) {
            throw new GeoDbUnavailableException(
                    "creating the schema of keyspace " + config.keyspace() + ": " + e.getMessage(), e);
        }
    }

    private void createKeyspace() {
        try (CqlSession session = sessions.outsideKeyspaces()) {
            boolean exists =
                    session.getMetadata().getKeyspace(config.keyspace()).isPresent();
            if (!exists) {
                createKeyspace(new SchemaChange(session), config.keyspace(), config.replication());
                progress.accept("created keyspace " + config.keyspace() + " with replication " + config.replication());
            }
        }
    }

    static void createKeyspace(SchemaChange change, String keyspace, Map<String, Integer> copies) {
        change.apply("CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication(copies));
    }

    private static String replication(Map<String, Integer> copies) {
        return copies.entrySet().stream()
                .map(entry -> "'" + entry.getKey().replace("'", "''") + "': " + entry.getValue())
                .sorted()
                .collect(joining(", ", "{'class': 'NetworkTopologyStrategy', ", "}"));
    }

    private void migrate(CqlSession session) {
        SchemaChange change = new SchemaChange(session);
        SchemaLedger ledger = new SchemaLedger(session, config.keyspace());
        SchemaLock lock = new SchemaLock(session, config.keyspace(), UUID.randomUUID(), host);
        if (ledger.applied().isEmpty()) {
            // In this order: who sees the ledger may take the lock.
            lock.create(change);
            ledger.create(change);
        }
        if (pending(ledger).isEmpty()) {
            progress.accept("the schema of keyspace " + config.keyspace() + " is up to date");
            return;
        }
        if (!takeOrSeeDone(lock, ledger)) {
            return;
        }
        try {
            for (Migration migration : pending(ledger)) {
                for (String statement : migration.statements()) {
                    lock.renew();
                    change.apply(statement);
                }
                ledger.record(migration, host);
                progress.accept("applied migration " + migration.version() + ", " + migration.description());
            }
        } finally {
            lock.release();
        }
    }

    /** Waits until the lock is ours, or another starter has done the work: then returns false. */
    private boolean takeOrSeeDone(SchemaLock lock, SchemaLedger ledger) {
        long deadline = System.nanoTime() + limit.toNanos();
        String told = "";
        while (true) {
            Optional<String> holder = lock.tryTake();
            if (holder.isEmpty()) {
                return true;
            }
            if (pending(ledger).isEmpty()) {
                progress.accept("the schema was brought up to date by " + holder.get());
                return false;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new GeoDbUnavailableException("the schema of keyspace " + config.keyspace()
                        + " is being changed by " + holder.get() + ", which is not done after " + limit.toSeconds()
                        + " s; see what it does, or wait " + SchemaLock.EXPIRY.toSeconds()
                        + " s if it is gone, and try again");
            }
            if (!told.equals(holder.get())) {
                told = holder.get();
                progress.accept("waiting for " + told + ", which is changing the schema");
            }
            Patience.pause();
        }
    }

    private List<Migration> pending(SchemaLedger ledger) {
        NavigableSet<SchemaVersion> applied = ledger.applied().orElseGet(TreeSet::new);
        SchemaVersion newest = known.get(known.size() - 1).version();
        if (!applied.isEmpty() && applied.last().major() > newest.major()) {
            throw new GeoDbUnavailableException(
                    new SchemaState.TooNew(config.keyspace(), applied.last(), newest).message());
        }
        return known.stream()
                .filter(migration -> !applied.contains(migration.version()))
                .toList();
    }
}
