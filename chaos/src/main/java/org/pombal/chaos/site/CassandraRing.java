package org.pombal.chaos.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.CassandraLaunch;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.JavaHome;

/** Cassandra on several hosts, each with a copy of everything. */
final class CassandraRing {

    private static final String NAME = "chaos";
    private static final int CQL_PORT = 9042;
    private static final int STORAGE_PORT = 7000;
    private static final int HEAP_MEGABYTES = 256;
    private static final int CONNECT_MILLIS = 1000;
    private static final Duration REQUEST = Duration.ofSeconds(10);

    /** In Cassandra's log. */
    private static final Pattern UP = Pattern.compile("InetAddress (\\S+) is now UP");

    private final SiteShape shape;
    private final List<Host> hosts;

    CassandraRing(SiteShape shape, List<Host> hosts) {
        this.shape = shape;
        this.hosts = List.copyOf(hosts);
    }

    /** How it is reached. */
    CassandraConfig config() {
        return new CassandraConfig(
                addresses(),
                CQL_PORT,
                Ring.DEFAULT_DATA_CENTRE,
                NAME,
                Map.of(Ring.DEFAULT_DATA_CENTRE, hosts.size()),
                Optional.empty(),
                Optional.empty(),
                REQUEST,
                CassandraConfig.LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    private List<String> addresses() {
        return hosts.stream().map(Host::address).toList();
    }

    Server server(Host host) {
        List<String> command = CassandraLaunch.prepare(new EmbeddedCassandraConfig(
                shape.folder(host),
                jars(),
                JavaHome.current("JAVA_HOME"),
                host.address(),
                new Port(CQL_PORT, "cql"),
                new Port(STORAGE_PORT, "storage"),
                Optional.empty(),
                // Seeds do not wait for each other.
                new Ring(NAME, Ring.DEFAULT_DATA_CENTRE, addresses()),
                HEAP_MEGABYTES,
                EmbeddedCassandraConfig.DEFAULT_START_LIMIT,
                EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT));
        return new Server(ChaosSite.CASSANDRA, host, command, shape.folder(host).resolve("output.log"));
    }

    private List<Path> jars() {
        try (Stream<Path> jars = Files.list(shape.product().resolve("lib-cassandra"))) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the product is not built", e);
        }
    }

    /** It takes clients before it has heard of the others, and would make tables without them. */
    boolean knowsItsRing(Host host) {
        try (Stream<String> lines = Files.lines(shape.folder(host).resolve("system.log"))) {
            return lines.map(UP::matcher)
                            .filter(Matcher::find)
                            .map(up -> up.group(1))
                            .distinct()
                            .count()
                    >= hosts.size() - 1;
        } catch (IOException e) {
            return false;
        }
    }

    boolean accepts(Host host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.address(), CQL_PORT), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
