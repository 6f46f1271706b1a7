package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.peer.PeerException;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.proxy.MovingUsers;
import org.pombal.node.proxy.ProxyJudge;
import org.pombal.node.proxy.Redirects;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.routing.Destinations;
import org.pombal.node.routing.Routes;
import org.pombal.node.sites.LoadBalancerCheck;
import org.pombal.node.sites.SiteWatch;
import org.pombal.node.testlogin.TestLogins;
import org.pombal.node.topology.Topology;
import org.pombal.settings.Settings;

/** The parts of a node beside a proxy: what tells Dovecot where users are, and what watches the other sites. */
final class ProxyAssembly {

    private record KnownSites(Topology topology) implements SiteWatch.Sites {

        @Override
        public Optional<SiteId> own() {
            return topology.localSite().map(Site::id);
        }

        @Override
        public Collection<Site> all() {
            return topology.sites();
        }
    }

    private final Topology topology;
    private final HostAddresses addresses;
    private final Optional<PeerAssembly> peers;
    private final List<RelayServer> relays;
    private final SiteWatch siteWatch;

    /**
     * Parts that are not started.
     *
     * @param self the proxy's host name
     * @param peers those who are asked about users who move, if there is a key for it
     * @param testLogins those of the test user, if it logs in from here
     * @param fields what Dovecot is told of a destination
     */
    ProxyAssembly(
            Settings settings,
            HostName self,
            Optional<PeerAssembly> peers,
            GeoDb geoDb,
            Topology topology,
            Routes routes,
            HostAddresses addresses,
            Optional<TestLogins> testLogins,
            DovecotSockets sockets,
            DestinationFields fields) {
        this.topology = requireNonNull(topology, "topology is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.peers = requireNonNull(peers, "peers is null");
        this.relays = relays(routes, sockets, fields);
        this.siteWatch = siteWatch(settings, geoDb, self, testLogins);
    }

    private List<RelayServer> relays(Routes routes, DovecotSockets sockets, DestinationFields fields) {
        Destinations destinations = routes.destinations(addresses);
        SiteBackends backends = new SiteBackends(topology, addresses);
        Supplier<Optional<SiteId>> here = () -> topology.localSite().map(Site::id);
        ProxyJudge judge = new ProxyJudge(
                destinations,
                fields,
                new Redirects(destinations, backends::resolved, fields, here),
                movingUsers(),
                here);
        return List.of(sockets.login(judge), sockets.proxyLookups(judge));
    }

    private MovingUsers movingUsers() {
        return new MovingUsers(
                (backend, user, kind) -> peers.map(PeerAssembly::peers)
                        .flatMap(all -> topology.localSite().map(site -> all.where(site.id(), backend, user, kind)))
                        .orElseGet(() -> CompletableFuture.failedFuture(new PeerException(
                                "without cluster_peer_key no backend is asked about users who move"))),
                id -> topology.backend(id).map(Backend::host),
                addresses);
    }

    private SiteWatch siteWatch(Settings settings, GeoDb geoDb, HostName self, Optional<TestLogins> testLogins) {
        BackendTls tls = settings.get(NodeSettings.BACKEND_SSL);
        int port = NodeSettings.backendPorts(settings)
                .getOrDefault(MailProtocol.IMAP, tls.customaryPort(MailProtocol.IMAP));
        return new SiteWatch(
                geoDb,
                self,
                new KnownSites(topology),
                new LoadBalancerCheck(addresses, port, tls != BackendTls.SSL, settings.get(SitesSettings.CHECK_TIMEOUT))
                        .then(site -> testLogins.flatMap(logins -> logins.objection(site.id()))),
                System::nanoTime,
                settings.get(SitesSettings.CHECK_INTERVAL));
    }

    List<RelayServer> relays() {
        return relays;
    }

    void start(ScheduledExecutorService scheduler) {
        relays.forEach(RelayServer::start);
        siteWatch.start(scheduler);
    }

    /** @param patience how long answers that are being looked up may take */
    void stop(Duration patience) throws InterruptedException {
        for (RelayServer relay : relays) {
            relay.stop(patience);
        }
        siteWatch.close();
    }
}
