package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pombal.demo.server.Guardian;
import org.pombal.demo.server.Waiting;
import org.pombal.demo.site.SiteEntry;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.StandaloneConfig;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.migration.SchemaInstaller;

/**
 * A site: Cassandra on three hosts, proxies and backends with their nodes on one each, and mail that all backends share. What
 * it starts ends with the namespaces in which this program runs.
 */
public final class ChaosSite {

    /** Of the site, for commands. */
    public static final String NAME = "chaos";

    public static final String PASSWORD = "secret";

    /** Names of servers on their machines. */
    public static final String NODE = "node";

    public static final String DOVECOT = "dovecot";
    public static final String CASSANDRA = "cassandra";

    public static final Ports PORTS = Ports.customary();

    /** Where the Dovecot listens that is none of the cluster's, if there is one. */
    public static final Ports STRANGERS_PORTS = PORTS.shiftedBy(20_000);

    /** What it is called where backends are told apart. */
    public static final String STRANGER = "stranger";

    private static final int FIRST_GEODB = 1;
    private static final int FIRST_PROXY = 11;
    private static final int FIRST_BACKEND = 21;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final SiteShape shape;
    private final Lan lan = Lan.make();
    private final CassandraRing ring;
    private final DovecotServers dovecots;
    private final NodeServers nodes;
    private final List<Machine> geoDbs;
    private final List<Machine> proxies;
    private final List<Machine> backends;

    /** Prepares everything, and starts nothing. */
    public ChaosSite(SiteShape shape) {
        this.shape = requireNonNull(shape, "shape is null");
        List<Host> geoDbHosts = hosts("geodb", FIRST_GEODB, shape.geoDbs());
        List<Host> proxyHosts = hosts("proxy", FIRST_PROXY, shape.proxies());
        List<Host> backendHosts = hosts("backend", FIRST_BACKEND, shape.backends());
        SharedMail.mount(
                shape.folder(),
                Stream.concat(backendHosts.stream().map(shape::folder), Stream.of(stranger()))
                        .toList());
        this.ring = new CassandraRing(shape, Map.of(Ring.DEFAULT_DATA_CENTRE, geoDbHosts));
        this.dovecots = new DovecotServers(shape, lan.network());
        this.nodes = new NodeServers(shape, NAME, config(), backendHosts, Map.of());
        this.geoDbs = geoDbHosts.stream()
                .map(host -> new Machine(host, List.of(ring.server(host))))
                .toList();
        this.backends = backendHosts.stream().map(this::backend).toList();
        this.proxies = proxyHosts.stream().map(this::proxy).toList();
    }

    private CassandraConfig config() {
        return ring.config(Ring.DEFAULT_DATA_CENTRE);
    }

    private List<Host> hosts(String kind, int first, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> lan.add(kind + (i + 1), first + i))
                .toList();
    }

    private Machine backend(Host host) {
        StandaloneConfig dovecot = dovecots.backend(host);
        Guardian guardian = new Guardian(
                shape.product().resolve("sbin/pombal-guardian"),
                shape.folder(host).resolve("guardian"));
        return new Machine(
                host, List.of(dovecots.guarded(host, dovecot, guardian), nodes.besideBackend(host, dovecot, guardian)));
    }

    private Machine proxy(Host host) {
        StandaloneConfig dovecot = dovecots.proxy(host);
        return new Machine(host, List.of(dovecots.unguarded(host, dovecot), nodes.besideProxy(host, dovecot)));
    }

    private Path stranger() {
        return shape.folder().resolve(STRANGER);
    }

    /** Where each backend sees the mail, and the Dovecot that is none of the cluster's. */
    public Map<String, Path> mailMounts() {
        Map<String, Path> mounts = new LinkedHashMap<>();
        backends.forEach(
                backend -> mounts.put(backend.host().name(), SharedMail.seenFrom(shape.folder(backend.host()))));
        mounts.put(STRANGER, SharedMail.seenFrom(stranger()));
        return mounts;
    }

    /** Starts everything, and returns when all nodes are ready. */
    public void start(Consumer<String> progress) {
        geoDbs.forEach(Machine::up);
        for (Machine machine : geoDbs) {
            await(machine.server(CASSANDRA), () -> accepts(machine.host()) && ring.knowsItsRing(machine.host()));
        }
        progress.accept("Cassandra runs on " + geoDbs.size() + " hosts");
        new SchemaInstaller(config(), NAME, PATIENCE, line -> {}).install();
        SiteEntry.write(
                config(),
                NAME,
                backends.stream().map(backend -> hostName(backend.host())).toList());
        Stream.concat(backends.stream(), proxies.stream()).forEach(Machine::up);
        Stream.concat(backends.stream(), proxies.stream())
                .forEach(machine -> await(machine.server(NODE), () -> isReady(machine.host())));
        progress.accept(proxies.size() + " proxies and " + backends.size() + " backends are ready");
    }

    private static void await(Server server, BooleanSupplier condition) {
        if (!Waiting.upTo(PATIENCE, condition)) {
            throw new IllegalStateException(
                    server.name() + " on " + server.host().name() + " is not ready; its log is " + server.log());
        }
    }

    /** Starts a Dovecot that serves whoever comes, on {@link #STRANGERS_PORTS} of the last backend's host. */
    public void startStranger() {
        dovecots.stranger(lastBackend()).up();
    }

    /** Whether Cassandra on a host accepts connections. */
    public boolean accepts(Host host) {
        return ring.accepts(host);
    }

    /** Whether the node on a host says that it can do its job. */
    public boolean isReady(Host host) {
        return nodes.isReady(host);
    }

    /** A command line of {@code pombal cluster ...}, sent to the node on a host. */
    public List<String> cluster(Host host, List<String> words) {
        return nodes.command(host, words);
    }

    /** A command line of Dovecot's own {@code doveadm} on a host. */
    public List<String> doveadm(Host host, List<String> words) {
        return dovecots.doveadm(host, words);
    }

    /** What a host is called in the cluster. */
    public static String hostName(Host host) {
        return host.name() + ".test";
    }

    public SiteShape shape() {
        return shape;
    }

    public List<Machine> proxies() {
        return proxies;
    }

    public List<Machine> backends() {
        return backends;
    }

    /** The host of the last backend. */
    public Host lastBackend() {
        return backends.get(backends.size() - 1).host();
    }

    public List<Machine> geoDbs() {
        return geoDbs;
    }

    /** All hosts but one. */
    public List<Host> others(Host host) {
        return Stream.of(geoDbs, proxies, backends)
                .flatMap(List::stream)
                .map(Machine::host)
                .filter(other -> !other.equals(host))
                .toList();
    }

    /** Ends all processes. */
    public void powerOff() {
        Stream.of(proxies, backends, geoDbs).flatMap(List::stream).forEach(Machine::powerOff);
    }
}
