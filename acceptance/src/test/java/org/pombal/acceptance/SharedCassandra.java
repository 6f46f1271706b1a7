package org.pombal.acceptance;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.migration.SchemaInstaller;

/** One Cassandra for all tests of a run; each takes a keyspace of its own. Ends with this program. */
final class SharedCassandra {

    /** One of 384 MB ends by itself at the 29th keyspace, though all are empty. */
    private static final int HEAP_MEGABYTES = 1024;

    private static final Map<String, Integer> ASKED_FOR = new ConcurrentHashMap<>();
    private static final RunningCassandra CASSANDRA = start();

    private SharedCassandra() {}

    private static RunningCassandra start() {
        RunningCassandra cassandra = new RunningCassandra(HEAP_MEGABYTES);
        Runtime.getRuntime().addShutdownHook(new Thread(cassandra::close));
        cassandra.start();
        return cassandra;
    }

    /** A keyspace with Pombal's tables, empty. */
    static CassandraConfig keyspace(String name) {
        CassandraConfig config = absentKeyspace(name);
        create(config);
        return config;
    }

    /** Makes a keyspace that is not there, with Pombal's tables. */
    static void create(CassandraConfig absent) {
        new SchemaInstaller(absent, "acceptance", Duration.ofMinutes(2), line -> {}).install();
    }

    /** One that is not there. Its name differs each time, so that a test's second try finds nothing of its first. */
    static CassandraConfig absentKeyspace(String name) {
        CASSANDRA.requireAlive();
        int before = ASKED_FOR.merge(name, 1, Integer::sum) - 1;
        return CASSANDRA.keyspace(before == 0 ? name : name + "_" + before);
    }

    /** Stops the process without killing it: it answers nothing, as a machine that hangs. */
    static void freeze() {
        CASSANDRA.freeze();
    }

    static void unfreeze() {
        CASSANDRA.unfreeze();
    }
}
