package org.pombal.geodb.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraConfig.LoadBalancing;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;

/** Three Cassandra processes that are one ring, each with a copy of everything; any two of them are a quorum. */
public final class CassandraTrio implements AutoCloseable {

    public static final int SIZE = 3;

    /** In Cassandra's log. */
    private static final Pattern UP = Pattern.compile("InetAddress (\\S+) is now UP");

    private final Path folder;
    private final List<String> addresses;
    private final int cqlPort;
    private final List<EmbeddedCassandra> nodes = new ArrayList<>();

    private CassandraTrio(Path folder, List<String> addresses, int cqlPort) {
        this.folder = folder;
        this.addresses = List.copyOf(addresses);
        this.cqlPort = cqlPort;
    }

    /** Returns when clients can connect to each of them and each sees the others. */
    public static CassandraTrio start() {
        // Addresses of this JVM's own, so that two builds on one machine do not meet.
        long pid = ProcessHandle.current().pid();
        String network = "127." + (1 + pid / 250 % 250) + "." + (1 + pid % 250) + ".";
        CassandraTrio trio = new CassandraTrio(
                temporaryFolder(),
                IntStream.rangeClosed(1, SIZE).mapToObj(host -> network + host).toList(),
                TestCassandra.freePort());
        try {
            trio.startAll(TestCassandra.freePort());
            return trio;
        } catch (RuntimeException e) {
            trio.close();
            throw e;
        }
    }

    private static Path temporaryFolder() {
        try {
            return TestCassandra.folder("pombal-test-trio");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startAll(int storagePort) {
        List<CompletableFuture<EmbeddedCassandra>> starting = addresses.stream()
                .map(address -> process(address, storagePort))
                .map(process -> CompletableFuture.supplyAsync(
                        () -> EmbeddedCassandra.start(process),
                        task -> new Thread(task, "start-" + process.address()).start()))
                .toList();
        try {
            CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
        } finally {
            starting.stream().filter(node -> !node.isCompletedExceptionally()).forEach(node -> nodes.add(node.join()));
        }
        // They take clients before they have heard of each other, and would make tables without the others.
        await().atMost(60, SECONDS).until(() -> nodes.stream().allMatch(node -> othersSeenBy(node) == SIZE - 1));
    }

    private EmbeddedCassandraConfig process(String address, int storagePort) {
        return new EmbeddedCassandraConfig(
                folder.resolve(address),
                TestCassandra.classPath(),
                JavaHome.current("the JDK of the build"),
                address,
                new Port(cqlPort, "the CQL port of the test"),
                new Port(storagePort, "the storage port of the test"),
                Optional.empty(),
                // Seeds do not wait for each other.
                new Ring("trio", Ring.DEFAULT_DATA_CENTRE, addresses),
                EmbeddedCassandraConfig.DEFAULT_HEAP_MEGABYTES,
                Duration.ofMinutes(3),
                EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT);
    }

    private static long othersSeenBy(EmbeddedCassandra node) {
        try (Stream<String> lines = Files.lines(new CassandraFiles(node.config()).systemLog())) {
            return lines.map(UP::matcher)
                    .filter(Matcher::find)
                    .map(up -> up.group(1))
                    .distinct()
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a client reaches all of them. */
    public CassandraConfig client(String keyspace, Duration requestTimeout) {
        return new CassandraConfig(
                addresses,
                cqlPort,
                Ring.DEFAULT_DATA_CENTRE,
                keyspace,
                Map.of(Ring.DEFAULT_DATA_CENTRE, SIZE),
                Optional.empty(),
                Optional.empty(),
                requestTimeout,
                LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    /** Where the node listens. */
    public String address(int node) {
        return addresses.get(node);
    }

    /** It stands still, and its connections stay open. Returns when no thread of it runs any more. */
    public void pause(int node) {
        long pid = nodes.get(node).pid();
        signal("STOP", pid);
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        // A thread may end while it is looked at.
        await().atMost(20, SECONDS).ignoreException(UncheckedIOException.class).until(() -> {
            try (Stream<Path> each = Files.list(threads)) {
                return each.allMatch(CassandraTrio::isStopped);
            }
        });
    }

    public void resume(int node) {
        signal("CONT", nodes.get(node).pid());
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill(int node) {
        signal("KILL", nodes.get(node).pid());
        await().atMost(20, SECONDS).until(() -> !nodes.get(node).isAlive());
    }

    private static boolean isStopped(Path thread) {
        try {
            return Files.readString(thread.resolve("status")).contains("\nState:\tT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            if (!kill.waitFor(5, SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends them at once, with all they have stored. */
    @Override
    public void close() {
        nodes.forEach(node -> ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly));
        nodes.forEach(EmbeddedCassandra::close);
        TestCassandra.deleteTree(folder);
    }
}
