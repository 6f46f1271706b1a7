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
import org.jspecify.annotations.Nullable;
import org.pombal.demo.server.FreePorts;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandra;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.JavaHome;

/** A real Cassandra with a folder and ports of its own, which it keeps when it is started again. Not started when it is made. */
final class RunningCassandra implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 2L << 30;
    private static final FreePorts PORTS = new FreePorts(new Random());

    private final EmbeddedCassandraConfig config;
    private @Nullable EmbeddedCassandra process;

    RunningCassandra(int heapMegabytes) {
        try {
            config = new EmbeddedCassandraConfig(
                    Files.createTempDirectory(parent(), "pombal-acceptance-geodb-"),
                    Product.cassandraJars(),
                    JavaHome.current("JAVA_HOME"),
                    ADDRESS,
                    new Port(PORTS.one(ADDRESS), "chosen"),
                    new Port(PORTS.one(ADDRESS), "chosen"),
                    Optional.empty(),
                    Ring.alone(ADDRESS),
                    heapMegabytes,
                    Duration.ofMinutes(2),
                    EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT);
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

    /** Starts it, with what it had, and returns when clients can connect. */
    void start() {
        process = EmbeddedCassandra.start(config);
    }

    private EmbeddedCassandra process() {
        EmbeddedCassandra started = process;
        if (started == null || !started.isAlive()) {
            throw new IllegalStateException("the Cassandra of these tests has ended by itself, or was not started");
        }
        return started;
    }

    /** How a keyspace of it is reached, whether it is there or not. */
    CassandraConfig keyspace(String name) {
        return new CassandraConfig(
                List.of(ADDRESS),
                config.cqlPort().number(),
                config.ring().dataCentre(),
                name,
                Map.of(config.ring().dataCentre(), 1),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                CassandraConfig.LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    void requireAlive() {
        process();
    }

    /** Stops the process without killing it: it answers nothing, as a machine that hangs. */
    void freeze() {
        signal("STOP");
    }

    void unfreeze() {
        signal("CONT");
    }

    /** Ends it with nothing written out, and waits until it is gone; {@link #start()} brings it back. */
    void kill() {
        EmbeddedCassandra killed = process();
        ProcessHandle.of(killed.pid()).ifPresent(ProcessHandle::destroyForcibly);
        killed.close();
    }

    private void signal(String name) {
        Programs.run(
                Duration.ofSeconds(10),
                "kill",
                "-" + name,
                String.valueOf(process().pid()));
    }

    /** Ends it, and deletes what it had. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
        Folders.delete(config.folder());
    }
}
