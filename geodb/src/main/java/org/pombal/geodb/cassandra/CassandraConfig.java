package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Cassandra is and how it is spoken to.
 *
 * @param contactPoints host names or addresses of some nodes; the others are learnt from them
 * @param port of the native protocol, the same on all nodes
 * @param localDataCentre the data centre of this site as Cassandra's snitch names it; site-local rows are written there only
 * @param keyspace lower-case letters, digits and underscores, at most 48
 * @param replication copies per data centre, at least 1 each; read only when the keyspace is created
 * @param tls empty for plain connections
 * @param requestTimeout how long one request to Cassandra may take. An operation makes up to three, one after another,
 *     when the outcome of a compare-and-set has to be cleared up. Requests about leases have half of it
 */
public record CassandraConfig(
        List<String> contactPoints,
        int port,
        String localDataCentre,
        String keyspace,
        Map<String, Integer> replication,
        Optional<Credentials> credentials,
        Optional<Tls> tls,
        Duration requestTimeout,
        LoadBalancing loadBalancing) {

    public static final int DEFAULT_PORT = 9042;
    public static final String DEFAULT_KEYSPACE = "d8s_cluster";
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    /** @throws IllegalArgumentException naming the value and what is allowed */
    public CassandraConfig {
        contactPoints = List.copyOf(contactPoints);
        requireNonNull(localDataCentre, "localDataCentre is null");
        requireNonNull(keyspace, "keyspace is null");
        replication = Map.copyOf(replication);
        requireNonNull(credentials, "credentials is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(requestTimeout, "requestTimeout is null");
        requireNonNull(loadBalancing, "loadBalancing is null");
        require(!contactPoints.isEmpty(), "Cassandra needs at least one contact point");
        require(contactPoints.stream().noneMatch(String::isBlank), "a contact point of Cassandra is blank");
        require(port > 0 && port < 65536, "Cassandra's port " + port + " is outside 1 to 65535");
        require(!localDataCentre.isBlank(), "the local data centre of Cassandra is blank");
        require(
                KEYSPACE.matcher(keyspace).matches(),
                "'" + keyspace + "' is not a keyspace: a lower-case letter, then up to 47 of a-z, 0-9 and _");
        require(!replication.isEmpty(), "the keyspace needs a replication factor for at least one data centre");
        replication.forEach((dataCentre, copies) -> {
            require(!dataCentre.isBlank(), "a data centre of the replication is blank");
            require(copies >= 1, "replication factor " + copies + " of data centre " + dataCentre + " is below 1");
        });
        require(
                requestTimeout.toMillis() >= 1,
                "Cassandra's request timeout " + requestTimeout + " is below 1 millisecond");
    }

    /** The same Cassandra, with another keyspace in view. */
    public CassandraConfig withKeyspace(String other) {
        return new CassandraConfig(
                contactPoints,
                port,
                localDataCentre,
                other,
                replication,
                credentials,
                tls,
                requestTimeout,
                loadBalancing);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Contact points as errors name them: {@code host:port, host:port}. */
    public String servers() {
        return String.join(
                ", ", contactPoints.stream().map(host -> host + ":" + port).toList());
    }

    /** How requests are spread over the nodes of Cassandra; names as {@code CASSANDRA_LOAD_BALANCING_POLICY} has them. */
    public enum LoadBalancing {
        /** Over the nodes of the local data centre, those that hold the row first. Never leaves the data centre. */
        DC_AWARE_ROUND_ROBIN("DCAwareRoundRobin"),
        /**
         * Over all nodes. Only for a Cassandra of one data centre: in another one's hands "local" would mean that one,
         * and two sites could then each win the same compare-and-set.
         */
        ROUND_ROBIN("RoundRobin");

        private final String text;

        LoadBalancing(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Who Pombal is to Cassandra. The password appears in no text that is made of this. */
    public record Credentials(String user, String password) {

        public Credentials {
            requireNonNull(user, "user is null");
            requireNonNull(password, "password is null");
        }

        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    /**
     * TLS to Cassandra.
     *
     * @param caFile certificates in PEM that may sign Cassandra's; empty for those the JVM trusts
     * @param checkHostName whether the certificate must be for the name or address that is connected to
     */
    public record Tls(Optional<Path> caFile, boolean checkHostName) {

        public Tls {
            requireNonNull(caFile, "caFile is null");
        }
    }
}
