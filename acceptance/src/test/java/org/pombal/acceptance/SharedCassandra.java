package org.pombal.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.pombal.demo.server.FreePorts;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandra;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.JavaHome;
import org.pombal.geodb.migration.SchemaInstaller;

/** One Cassandra for all tests of a run; each takes a keyspace of its own. Ends with this program. */
final class SharedCassandra {

    private static final String ADDRESS = "127.0.0.1";
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 2L << 30;

    /** One of 384 MB ends by itself at the 29th keyspace, though all are empty. */
    private static final int HEAP_MEGABYTES = 1024;

    private static final FreePorts PORTS = new FreePorts(new Random());
    private static final Map<String, Integer> ASKED_FOR = new ConcurrentHashMap<>();
    private static final EmbeddedCassandra CASSANDRA = start();

    private SharedCassandra() {}

    private static EmbeddedCassandra start() {
        try {
            Path folder = Files.createTempDirectory(parent(), "pombal-acceptance-geodb-");
            EmbeddedCassandra cassandra = EmbeddedCassandra.start(new EmbeddedCassandraConfig(
                    folder,
                    Product.cassandraJars(),
                    JavaHome.current("JAVA_HOME"),
                    ADDRESS,
                    new Port(PORTS.one(ADDRESS), "chosen"),
                    new Port(PORTS.one(ADDRESS), "chosen"),
                    Optional.empty(),
                    Ring.alone(ADDRESS),
                    HEAP_MEGABYTES,
                    Duration.ofMinutes(2),
                    EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cassandra.close();
                Folders.delete(folder);
            }));
            return cassandra;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for Cassandra", e);
        }
    }

    /**
     * In memory if there is room: Cassandra waits for the disk with each compare-and-set, and with each table that it makes, and no test
     * of this run cuts the power.
     */
    private static Path parent() throws IOException {
        return Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM
                ? MEMORY
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** A keyspace with Pombal's tables, empty. */
    static CassandraConfig keyspace(String name) {
        CassandraConfig config = absentKeyspace(name);
        new SchemaInstaller(config, "acceptance", Duration.ofMinutes(2), line -> {}).install();
        return config;
    }

    /** One that is not there. Its name differs each time, so that a test's second try finds nothing of its first. */
    static CassandraConfig absentKeyspace(String name) {
        if (!CASSANDRA.isAlive()) {
            throw new IllegalStateException("the Cassandra of these tests has ended by itself");
        }
        int before = ASKED_FOR.merge(name, 1, Integer::sum) - 1;
        return new CassandraConfig(
                List.of(ADDRESS),
                CASSANDRA.config().cqlPort().number(),
                CASSANDRA.config().ring().dataCentre(),
                before == 0 ? name : name + "_" + before,
                Map.of(CASSANDRA.config().ring().dataCentre(), 1),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                CassandraConfig.LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    /** Stops the process without killing it: it answers nothing, as a machine that hangs. */
    static void freeze() {
        signal("STOP");
    }

    static void unfreeze() {
        signal("CONT");
    }

    private static void signal(String name) {
        Programs.run(Duration.ofSeconds(10), "kill", "-" + name, String.valueOf(CASSANDRA.pid()));
    }
}
