package org.pombal.geodb.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One Cassandra process and where it keeps its data.
 *
 * @param folder everything it writes: data, configuration, log, lock. Made if it is missing
 * @param classPath the jars of Cassandra
 * @param java the JDK or JRE it runs on
 * @param address a loopback address for {@link EmbeddedCassandra}; several processes of one ring differ in it and share the ports
 * @param cqlPort where clients connect
 * @param storagePort where the processes of a ring talk to each other
 * @param jmxPort for {@code nodetool} on this machine; empty for none
 * @param ring where in a ring of several it stands
 * @param heapMegabytes the largest heap; the process takes some 150 MB beside it
 * @param startLimit how long it may take until clients can connect
 * @param stopLimit how long it may take to stop before it is killed
 */
public record EmbeddedCassandraConfig(
        Path folder,
        List<Path> classPath,
        JavaHome java,
        String address,
        Port cqlPort,
        Port storagePort,
        Optional<Port> jmxPort,
        Ring ring,
        int heapMegabytes,
        Duration startLimit,
        Duration stopLimit) {

    public static final int DEFAULT_HEAP_MEGABYTES = 384;
    public static final Duration DEFAULT_START_LIMIT = Duration.ofSeconds(60);
    public static final Duration DEFAULT_STOP_LIMIT = Duration.ofSeconds(15);

    private static final int SMALLEST_HEAP_MEGABYTES = 256;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    /** @throws IllegalArgumentException naming the value and what is allowed */
    public EmbeddedCassandraConfig {
        folder = folder.toAbsolutePath().normalize();
        classPath = List.copyOf(classPath);
        requireNonNull(java, "java is null");
        requireNonNull(address, "address is null");
        requireNonNull(cqlPort, "cqlPort is null");
        requireNonNull(storagePort, "storagePort is null");
        requireNonNull(jmxPort, "jmxPort is null");
        requireNonNull(ring, "ring is null");
        requireNonNull(startLimit, "startLimit is null");
        requireNonNull(stopLimit, "stopLimit is null");
        if (heapMegabytes < SMALLEST_HEAP_MEGABYTES) {
            throw new IllegalArgumentException(
                    "Cassandra needs a heap of at least " + SMALLEST_HEAP_MEGABYTES + " MB, not " + heapMegabytes);
        }
        if (classPath.isEmpty()) {
            throw new IllegalArgumentException("the class path of embedded Cassandra is empty");
        }
    }

    /**
     * This one, unless others than this machine could reach it.
     *
     * @throws IllegalArgumentException naming the address
     */
    public EmbeddedCassandraConfig requireLoopback() {
        if (!LOOPBACK.matcher(address).matches()) {
            throw new IllegalArgumentException("embedded Cassandra asks nobody for a password, so it listens only on"
                    + " loopback addresses, 127.x.x.x, not on " + address);
        }
        return this;
    }

    /**
     * A port, and the setting that chooses another.
     *
     * @param setting as an error message names it
     */
    public record Port(int number, String setting) {

        public Port {
            requireNonNull(setting, "setting is null");
            if (number < 1 || number > 65535) {
                throw new IllegalArgumentException(setting + " " + number + " is outside 1 to 65535");
            }
        }
    }

    /**
     * The ring that a process belongs to.
     *
     * @param clusterName refuses processes with another one
     * @param dataCentre of this process
     * @param seeds addresses of members to ask for the others; the first of a new ring names itself
     */
    public record Ring(String clusterName, String dataCentre, List<String> seeds) {

        public static final String DEFAULT_DATA_CENTRE = "datacenter1";

        public Ring {
            requireNonNull(clusterName, "clusterName is null");
            requireNonNull(dataCentre, "dataCentre is null");
            seeds = List.copyOf(seeds);
            if (seeds.isEmpty()) {
                throw new IllegalArgumentException("a ring needs a seed");
            }
        }

        /** A ring of one. */
        public static Ring alone(String address) {
            return new Ring("pombal", DEFAULT_DATA_CENTRE, List.of(address));
        }
    }
}
