package org.pombal.geodb.settings;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.host;
import static org.pombal.settings.ValueTypes.listOf;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.wholeNumber;
import static org.pombal.settings.ValueTypes.yesNo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraConfig.LoadBalancing;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.ValueType;

/** The settings of the connection to Cassandra. */
public final class GeoDbSettings {

    private static final Pattern KEYSPACE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    public static final Setting<List<String>> SERVERS =
            Setting.named("CASSANDRA_SERVERS", listOf(host())).description("""
                    Some of Cassandra's nodes; the others are learnt from them. Two or three of the local data centre are
                    enough, so that one of them may be down when Pombal starts.
                    """).withDefault(List.of("localhost"));

    public static final Setting<Integer> PORT = Setting.named("CASSANDRA_PORT", port())
            .description("TCP port of Cassandra's native protocol, the same on all nodes.")
            .withDefault(CassandraConfig.DEFAULT_PORT);

    public static final Setting<String> KEYSPACE = Setting.named("CASSANDRA_KEYSPACE", keyspace())
            .description("""
                    Keyspace of the cluster's tables. All nodes and controllers of a cluster, in all sites, use the same one;
                    another one is another cluster.
                    """)
            .withDefault(CassandraConfig.DEFAULT_KEYSPACE);

    public static final Setting<String> GEODB_KEYSPACE = Setting.named("CASSANDRA_GEODB_KEYSPACE", keyspace())
            .description("""
                    Another name of CASSANDRA_KEYSPACE, for set-ups that give one name where the keyspace is created and the
                    other where it is used. Where both are given they must agree.
                    """)
            .withDefault(CassandraConfig.DEFAULT_KEYSPACE);

    public static final Setting<String> LOCAL_DC = Setting.named("CASSANDRA_LOCAL_DC", text())
            .description("""
                    Cassandra's data centre of this site, as `nodetool status` names it. What belongs to the site is written
                    there only: with another site's data centre here, two sites could each win the same decision.
                    """)
            .formerly("CASSANDRA_SITE")
            .withDefault("d8s_cluster");

    public static final Setting<LoadBalancing> LOAD_BALANCING_POLICY = Setting.named(
                    "CASSANDRA_LOAD_BALANCING_POLICY", oneOf(LoadBalancing.class))
            .description("""
                    How requests are spread over Cassandra's nodes. DCAwareRoundRobin stays within the local data centre;
                    RoundRobin uses all nodes and is right only where Cassandra has a single data centre.
                    """)
            .withDefault(LoadBalancing.DC_AWARE_ROUND_ROBIN);

    public static final Setting<Integer> USED_HOSTS_PER_REMOTE_DC = Setting.named(
                    "CASSANDRA_USED_HOSTS_PER_REMOTE_DC", remoteHosts())
            .description("""
                    Only understood so that a set-up that comes from elsewhere starts unchanged. Nodes of other data centres
                    are never asked: to them "local" would be their own data centre, and a decision of this site could be
                    made twice.
                    """)
            .withDefault(0);

    public static final Setting<Optional<Integer>> PROTOCOL_VERSION = Setting.named(
                    "CASSANDRA_PROTOCOL_VERSION", wholeNumber(3, 5))
            .description("""
                    Only understood so that a set-up that comes from elsewhere starts unchanged. The newest version that all
                    of Cassandra's nodes know is found out.
                    """)
            .optional();

    public static final Setting<Boolean> TLS_ENABLED = Setting.named("CASSANDRA_TLS_ENABLED", yesNo())
            .description("Whether connections to Cassandra are encrypted and its certificates checked.")
            .withDefault(false);

    public static final Setting<Optional<Path>> TLS_CA_FILE =
            Setting.named("CASSANDRA_TLS_CA_FILE", path()).description("""
                    File in PEM with the certificates that may sign Cassandra's. Where it is not given, those are trusted that
                    Java trusts.
                    """).optional();

    public static final Setting<Boolean> TLS_CHECK_HOST_NAME = Setting.named("CASSANDRA_TLS_CHECK_HOST_NAME", yesNo())
            .description("""
                    Whether a node's certificate must be for the name or address that is connected to. Without this, whoever
                    has any certificate of the same authority can pose as Cassandra.
                    """)
            .withDefault(true);

    public static final Setting<Optional<String>> USERNAME = Setting.named("CASSANDRA_USERNAME", text())
            .description("Who Pombal is to Cassandra. Not needed where Cassandra asks for no password.")
            .optional();

    public static final Setting<Optional<String>> PASSWORD = Setting.named("CASSANDRA_PASSWORD", text())
            .description("The password that goes with CASSANDRA_USERNAME.")
            .secret()
            .optional();

    public static final Setting<Optional<Map<String, Integer>>> REPLICATION = Setting.named(
                    "CASSANDRA_DATACENTER_REPLICATIONFACTOR", ReplicationText.TYPE)
            .description("""
                    How many copies of GeoDB each of Cassandra's data centres keeps. Read only when the keyspace is created;
                    later it is changed in Cassandra. Three copies let one node of a data centre fail. Where it is not given,
                    the local data centre keeps three. The looks of a Python list or dictionary are understood as well:
                    `["dc1,3", "dc2,3"]`, `{"dc1": 3}`.
                    """)
            .optional();

    public static final Setting<Duration> REQUEST_TIMEOUT = Setting.named(
                    "CASSANDRA_REQUEST_TIMEOUT", duration(Duration.ofMillis(100), Duration.ofMinutes(1)))
            .description("""
                    How long one request to Cassandra may take. An operation makes up to three, one after another, when it has
                    to find out what became of a write; a login of an unknown user waits that long at most. Requests about leases may
                    take half of it, so that a node of Cassandra that stands still does not cost a backend its lease.
                    """)
            .withDefault(CassandraConfig.DEFAULT_REQUEST_TIMEOUT);

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "geodb",
                    "GeoDB",
                    "How GeoDB, which is Apache Cassandra, is reached. Nodes, controllers and commands read the same ones.",
                    SERVERS,
                    PORT,
                    KEYSPACE,
                    GEODB_KEYSPACE,
                    LOCAL_DC,
                    LOAD_BALANCING_POLICY,
                    USED_HOSTS_PER_REMOTE_DC,
                    PROTOCOL_VERSION,
                    TLS_ENABLED,
                    TLS_CA_FILE,
                    TLS_CHECK_HOST_NAME,
                    USERNAME,
                    PASSWORD,
                    REPLICATION,
                    REQUEST_TIMEOUT)
            .withRules(GeoDbRules.all());

    private GeoDbSettings() {}

    static ValueType<String> keyspace() {
        return new ValueType<>(
                "a lower-case letter, then up to 47 of a-z, 0-9 and _",
                name -> {
                    if (!KEYSPACE_NAME.matcher(name).matches()) {
                        throw new IllegalArgumentException("not a keyspace's name");
                    }
                    return name;
                },
                Function.identity());
    }

    private static ValueType<Integer> port() {
        ValueType<Integer> port = wholeNumber(1, 65535);
        return new ValueType<>(
                port.allowed(),
                value -> {
                    if (value.startsWith("tcp://")) {
                        throw new IllegalArgumentException("Kubernetes sets this variable for a Service that is called"
                                + " cassandra; switch that off by enableServiceLinks: false in the pod");
                    }
                    return port.parse(value);
                },
                port.printer());
    }

    private static ValueType<Integer> remoteHosts() {
        return new ValueType<>(
                "0",
                value -> {
                    if (!value.equals("0")) {
                        throw new IllegalArgumentException("nodes of other data centres are never asked");
                    }
                    return 0;
                },
                Object::toString);
    }
}
