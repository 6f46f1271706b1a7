package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

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
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.CassandraLaunch;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.JavaHome;

/** Cassandra on several hosts, in one data centre or more, each with a copy of everything. */
final class CassandraRing {

    private static final String NAME = "chaos";
    private static final int CQL_PORT = 9042;
    private static final int STORAGE_PORT = 7000;
    private static final int HEAP_MEGABYTES = 256;
    private static final int CONNECT_MILLIS = 1000;
    private static final Duration REQUEST = Duration.ofSeconds(10);

    /** In Cassandra's log. */
    private static final Pattern UP = Pattern.compile("InetAddress (\\S+) is now UP");

    private static final Pattern UP_OR_DOWN = Pattern.compile("InetAddress (\\S+) is now (UP|DOWN)");

    private final SiteShape shape;
    private final Map<String, List<Host>> dataCentres;

    /** @param dataCentres names, and the hosts of each */
    CassandraRing(SiteShape shape, Map<String, List<Host>> dataCentres) {
        this.shape = shape;
        this.dataCentres = new TreeMap<>(dataCentres);
    }

    /** How it is reached from one of its data centres. */
    CassandraConfig config(String dataCentre) {
        return new CassandraConfig(
                addresses(requireNonNull(dataCentres.get(dataCentre), "there is no such data centre")),
                CQL_PORT,
                dataCentre,
                NAME,
                dataCentres.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> entry.getValue()
                        .size())),
                Optional.empty(),
                Optional.empty(),
                REQUEST,
                CassandraConfig.LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    private List<Host> hosts() {
        return dataCentres.values().stream().flatMap(List::stream).toList();
    }

    private static List<String> addresses(List<Host> hosts) {
        return hosts.stream().map(Host::address).toList();
    }

    private String dataCentre(Host host) {
        return dataCentres.entrySet().stream()
                .filter(entry -> entry.getValue().contains(host))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
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
                new Ring(NAME, dataCentre(host), addresses(hosts())),
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
        return told(host, UP).map(up -> up.group(1)).distinct().count() >= hosts().size() - 1;
    }

    /** Whether the last that it said of another is that it is gone. */
    boolean misses(Host host, Host other) {
        return told(host, UP_OR_DOWN)
                .filter(change -> change.group(1).contains(other.address() + ":"))
                .reduce((before, last) -> last)
                .filter(last -> last.group(2).equals("DOWN"))
                .isPresent();
    }

    private Stream<MatchResult> told(Host host, Pattern pattern) {
        try {
            return Files.readAllLines(shape.folder(host).resolve("system.log")).stream()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::toMatchResult);
        } catch (IOException e) {
            return Stream.empty();
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
