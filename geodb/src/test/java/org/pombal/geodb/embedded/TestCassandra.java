package org.pombal.geodb.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraConfig.LoadBalancing;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;

/** Cassandra for tests: one process for the whole run, and the parts to make another. */
public final class TestCassandra {

    private static final String ADDRESS = "127.0.0.1";

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 2L << 30;

    private TestCassandra() {}

    /** The process that all tests share, each in a keyspace of its own. It ends with this JVM. */
    public static EmbeddedCassandra shared() {
        return Shared.INSTANCE;
    }

    /** How to reach the shared process. */
    public static CassandraConfig client(String keyspace) {
        return client(shared().config().cqlPort().number(), keyspace);
    }

    public static CassandraConfig client(int port, String keyspace) {
        return new CassandraConfig(
                List.of(ADDRESS),
                port,
                Ring.DEFAULT_DATA_CENTRE,
                keyspace,
                Map.of(Ring.DEFAULT_DATA_CENTRE, 1),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    public static EmbeddedCassandraConfig process(Path folder, int cqlPort) {
        return new EmbeddedCassandraConfig(
                folder,
                classPath(),
                JavaHome.current("the JDK of the build"),
                ADDRESS,
                new Port(cqlPort, "the CQL port of the test"),
                new Port(freePort(), "the storage port of the test"),
                Optional.empty(),
                Ring.alone(ADDRESS),
                EmbeddedCassandraConfig.DEFAULT_HEAP_MEGABYTES,
                Duration.ofMinutes(2),
                EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT);
    }

    /**
     * Makes a folder for data that no test starts Cassandra on again. In memory if there is room: Cassandra waits for the disk with each
     * compare-and-set, and with each table that it makes.
     */
    static Path folder(String prefix) throws IOException {
        return Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM
                ? Files.createTempDirectory(MEMORY, prefix)
                : Files.createTempDirectory(prefix);
    }

    public static List<Path> classPath() {
        Path folder = Path.of(System.getProperty("pombal.cassandra.lib"));
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("run this with Maven: it gathers Cassandra's jars in " + folder, e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {

        static final EmbeddedCassandra INSTANCE = start();

        private static EmbeddedCassandra start() {
            try {
                Path folder = folder("pombal-test-cassandra");
                EmbeddedCassandra cassandra = EmbeddedCassandra.start(process(folder, freePort()));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cassandra), "test-cassandra-end"));
                return cassandra;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void end(EmbeddedCassandra cassandra) {
            ProcessHandle.of(cassandra.pid()).ifPresent(ProcessHandle::destroyForcibly);
            cassandra.close();
            deleteTree(cassandra.config().folder());
        }
    }

    public static void deleteTree(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
