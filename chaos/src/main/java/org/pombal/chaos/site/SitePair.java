package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pombal.demo.server.Guardian;
import org.pombal.demo.server.Waiting;
import org.pombal.demo.site.SiteEntry;
import org.pombal.dovecot.config.StandaloneConfig;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.migration.SchemaInstaller;

/**
 * Two sites in one cluster, each with a data centre of Cassandra, and a link between them that can be cut. All mail is in one
 * storage, as where it is replicated. What it starts ends with the namespaces in which this program runs.
 */
public final class SitePair {

    private static final List<String> NAMES = List.of("lisbon", "porto");
    private static final int HOSTS_OF_A_SITE = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SiteShape shape;
    private final CassandraRing ring;
    private final List<PairedSite> sites;

    /**
     * Prepares everything, and starts nothing.
     *
     * @param settings of all nodes
     */
    public SitePair(SiteShape shape, Map<String, String> settings) {
        this.shape = requireNonNull(shape, "shape is null");
        Lan lan = Lan.make();
        List<Hosts> hosts = NAMES.stream().map(name -> Hosts.join(lan, name)).toList();
        List<Host> backends = hosts.stream().map(Hosts::backend).toList();
        SharedMail.mount(shape.folder(), backends.stream().map(shape::folder).toList());
        this.ring = new CassandraRing(shape, hosts.stream().collect(toMap(Hosts::site, site -> List.of(site.geoDb()))));
        DovecotServers dovecots = new DovecotServers(shape, lan.network());
        this.sites = hosts.stream()
                .map(site -> site(
                        site,
                        dovecots,
                        new NodeServers(shape, site.site(), ring.config(site.site()), backends, settings)))
                .toList();
    }

    private record Hosts(String site, Host geoDb, Host proxy, Host backend) {

        static Hosts join(Lan lan, String site) {
            int first = 1 + HOSTS_OF_A_SITE * NAMES.indexOf(site);
            return new Hosts(
                    site,
                    lan.add(site + "-geodb", first),
                    lan.add(site + "-proxy", first + 1),
                    lan.add(site + "-backend", first + 2));
        }
    }

    private PairedSite site(Hosts hosts, DovecotServers dovecots, NodeServers nodes) {
        StandaloneConfig proxy = dovecots.proxy(hosts.proxy());
        StandaloneConfig backend = dovecots.backend(hosts.backend());
        Guardian guardian = new Guardian(
                shape.product().resolve("sbin/pombal-guardian"),
                shape.folder(hosts.backend()).resolve("guardian"));
        return new PairedSite(
                hosts.site(),
                nodes,
                new Machine(hosts.geoDb(), List.of(ring.server(hosts.geoDb()))),
                new Machine(
                        hosts.proxy(),
                        List.of(dovecots.unguarded(hosts.proxy(), proxy), nodes.besideProxy(hosts.proxy(), proxy))),
                new Machine(
                        hosts.backend(),
                        List.of(
                                dovecots.guarded(hosts.backend(), backend, guardian),
                                nodes.besideBackend(hosts.backend(), backend, guardian))));
    }

    /** Starts everything, and returns when all nodes are ready and each site knows the other's load balancer. */
    public void start(Consumer<String> progress) {
        sites.forEach(site -> site.geoDb().up());
        for (PairedSite site : sites) {
            Host host = site.geoDb().host();
            await("Cassandra of " + site, () -> ring.accepts(host) && ring.knowsItsRing(host));
        }
        progress.accept("Cassandra runs in " + sites.size() + " data centres");
        new SchemaInstaller(config(sites.get(0)), ChaosSite.NAME, PATIENCE, line -> {}).install();
        for (PairedSite site : sites) {
            SiteEntry.write(config(site), site.name(), List.of(site.backendName()));
        }
        sites.forEach(site -> Stream.of(site.backend(), site.proxy()).forEach(Machine::up));
        sites.forEach(site -> await("nodes of " + site, site::isReady));
        for (PairedSite site : sites) {
            site.cluster("site", "update", "--load-balancer", site.proxyAddress(), site.name());
        }
        progress.accept("both sites are ready");
    }

    private CassandraConfig config(PairedSite site) {
        return ring.config(site.name());
    }

    private void await(String what, BooleanSupplier condition) {
        if (!Waiting.upTo(PATIENCE, condition)) {
            throw new IllegalStateException(what + " not ready; logs are in " + shape.folder());
        }
    }

    /** The sites. */
    public List<PairedSite> sites() {
        return sites;
    }

    /** The one that is not this. */
    public PairedSite other(PairedSite site) {
        return sites.get(1 - sites.indexOf(site));
    }

    /** Loses from now on what the sites send to each other. This program reaches both. */
    public void cut() {
        betweenThem(Lan::cut);
    }

    /** Undoes {@link #cut}. */
    public void join() {
        betweenThem(Lan::join);
    }

    private void betweenThem(BiConsumer<Host, Host> change) {
        for (Host one : sites.get(0).hosts()) {
            sites.get(1).hosts().forEach(other -> change.accept(one, other));
        }
    }

    /** Whether each site's Cassandra takes the other's for gone. */
    public boolean dataCentresMissEachOther() {
        return sites.stream()
                .allMatch(site ->
                        ring.misses(site.geoDb().host(), other(site).geoDb().host()));
    }

    /** Where each backend sees the mail. */
    public Map<String, Path> mailMounts() {
        return sites.stream()
                .map(site -> site.backend().host())
                .collect(toMap(Host::name, host -> SharedMail.seenFrom(shape.folder(host))));
    }

    /** Ends all processes. */
    public void powerOff() {
        sites.forEach(
                site -> Stream.of(site.proxy(), site.backend(), site.geoDb()).forEach(Machine::powerOff));
    }
}
