package org.pombal.geodb.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;

/**
 * A running Cassandra of this process's own. It ends with {@link #close()}, and with this process however that ends.
 *
 * <p>It asks nobody for a password, so everybody on this machine can read and write it; it is for trying things out, and for
 * tests.
 */
public final class EmbeddedCassandra implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 1000;

    private final EmbeddedCassandraConfig config;
    private final DataFolder folder;
    private final CassandraProcess process;

    private EmbeddedCassandra(EmbeddedCassandraConfig config, DataFolder folder, CassandraProcess process) {
        this.config = requireNonNull(config, "config is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.process = requireNonNull(process, "process is null");
    }

    /**
     * Starts Cassandra and returns when clients can connect. Blocks.
     *
     * @throws EmbeddedCassandraException if the Java does not fit, the data folder is in use, a port is taken, or Cassandra
     *     ends or is not ready within the limit; with what to do, and with Cassandra's own last errors
     * @throws IllegalArgumentException if its address is not a loopback address
     */
    public static EmbeddedCassandra start(EmbeddedCassandraConfig config) {
        config.requireLoopback();
        config.java().requireFitForCassandra();
        DataFolder folder = DataFolder.lock(config.folder());
        try {
            ports(config).forEach(port -> requireFree(config.address(), port));
            EmbeddedCassandra cassandra = launch(config, folder);
            cassandra.awaitReady();
            return cassandra;
        } catch (RuntimeException e) {
            giveBack(folder);
            throw e;
        }
    }

    private static EmbeddedCassandra launch(EmbeddedCassandraConfig config, DataFolder folder) {
        CassandraFiles files = new CassandraFiles(config);
        try {
            files.write();
            CassandraProcess process =
                    CassandraProcess.start(CassandraCommand.of(config, files), files, "cassandra-" + config.address());
            try {
                folder.started(process.handle());
            } catch (IOException e) {
                process.stop(Duration.ZERO);
                throw e;
            }
            return new EmbeddedCassandra(config, folder, process);
        } catch (IOException e) {
            throw new EmbeddedCassandraException("cannot write to the data folder " + config.folder() + ": " + e, e);
        }
    }

    private static List<Port> ports(EmbeddedCassandraConfig config) {
        List<Port> ports = new ArrayList<>(List.of(config.cqlPort(), config.storagePort()));
        config.jmxPort().ifPresent(ports::add);
        return ports;
    }

    private static void requireFree(String address, Port port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port.number()));
        } catch (IOException e) {
            throw new EmbeddedCassandraException(
                    "port " + port.number() + " on " + address + " is taken (" + e.getMessage()
                            + "); stop what uses it," + " or choose another port with " + port.setting(),
                    e);
        }
    }

    /** Cassandra listens for clients as the last thing it does when it starts. */
    private void awaitReady() {
        long deadline = System.nanoTime() + config.startLimit().toNanos();
        try {
            while (!acceptsClients()) {
                if (!process.isAlive()) {
                    throw new EmbeddedCassandraException("Cassandra ended with exit code " + process.exitValue()
                            + " while it started; its last errors:\n" + LastWords.of(new CassandraFiles(config)));
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new EmbeddedCassandraException("Cassandra is not ready after "
                            + config.startLimit().toSeconds() + " s; see " + new CassandraFiles(config).systemLog());
                }
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            process.stop(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw new EmbeddedCassandraException("interrupted while Cassandra started", e);
        } catch (EmbeddedCassandraException e) {
            process.stop(config.stopLimit());
            throw e;
        }
    }

    private boolean acceptsClients() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(config.address(), config.cqlPort().number()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public EmbeddedCassandraConfig config() {
        return config;
    }

    public long pid() {
        return process.handle().pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops Cassandra, which writes out what it has in memory, and waits until it is gone. */
    @Override
    public void close() {
        process.stop(config.stopLimit());
        giveBack(folder);
    }

    private static void giveBack(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("giving back the data folder", e);
        }
    }
}
