package org.pombal.node;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.VoterId;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.ownership.Electors;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.peer.Owner;
import org.pombal.node.peer.PeerAddress;
import org.pombal.node.peer.PeerClient;
import org.pombal.node.peer.PeerDirectory;
import org.pombal.node.peer.PeerDuties;
import org.pombal.node.peer.PeerKey;
import org.pombal.node.peer.PeerMetrics;
import org.pombal.node.peer.PeerReport;
import org.pombal.node.peer.PeerServer;
import org.pombal.node.peer.Peers;
import org.pombal.node.relay.Transport;
import org.pombal.node.topology.Topology;
import org.pombal.node.vote.ElectorateReader;
import org.pombal.node.vote.ElectorateTender;
import org.pombal.node.vote.OwnVote;
import org.pombal.node.vote.Polls;
import org.pombal.node.vote.SiteElectors;
import org.pombal.node.vote.VoteMetrics;
import org.pombal.settings.Settings;

/** What a node has to do with the site's other nodes: its vote, theirs, and questions about users who are being moved. */
final class PeerAssembly {

    private final Settings settings;
    private final Transport transport;
    private final EventLoopGroup eventLoops;
    private final PeerKey key;
    private final VoterId self;
    private final Supplier<Optional<SiteId>> site;
    private final PeerMetrics metrics;
    private final PeerDirectory directory;
    private final PeerClient client;
    private final OwnVote vote;
    private final Electors electors;
    private final ElectorateTender tender;
    private final Peers peers;
    private @Nullable PeerServer server;

    /** @param self the name of this node among those that vote */
    PeerAssembly(
            Settings settings,
            PeerKey key,
            VoterId self,
            PeerAddress ownAddress,
            OwnershipLoop loop,
            GeoDb geoDb,
            Topology topology,
            HostAddresses addresses,
            Transport transport,
            EventLoopGroup eventLoops,
            PrometheusRegistry registry) {
        this.settings = requireNonNull(settings, "settings is null");
        this.transport = requireNonNull(transport, "transport is null");
        this.eventLoops = requireNonNull(eventLoops, "eventLoops is null");
        this.key = requireNonNull(key, "key is null");
        this.self = requireNonNull(self, "self is null");
        this.site = () -> topology.localSite().map(Site::id);
        this.metrics = new PeerMetrics(registry);
        OwnershipTimings timings = OwnershipConfig.of(settings).timings();
        VoteMetrics voteMetrics = new VoteMetrics(registry);
        this.directory = new PeerDirectory(
                loop, site, at -> reports(geoDb, at), self, ownAddress, settings.get(ReportSettings.INTERVAL));
        this.client = new PeerClient(key, directory, addresses, metrics);
        ElectorateReader reader = new ElectorateReader(loop, geoDb.electorates(), site, timings);
        this.vote = new OwnVote(loop, reader, self, () -> directory.namesake().isPresent(), timings, voteMetrics);
        Polls polls = new Polls(loop, client::vote, vote, timings, voteMetrics);
        this.electors = new SiteElectors(loop, reader, polls);
        this.tender = new ElectorateTender(
                loop, geoDb.electorates(), reader, polls, directory::wanted, directory::settled, timings);
        this.peers = new Peers(client, backend -> topology.backend(backend).map(Backend::host), timings);
    }

    private static CompletionStage<List<PeerReport>> reports(GeoDb geoDb, SiteId site) {
        return geoDb.nodes()
                .list(site)
                .thenApply(all -> all.stream().flatMap(PeerAssembly::peer).toList());
    }

    private static Stream<PeerReport> peer(NodeReport report) {
        HostName name = report.id().name();
        VoterId voter = report.id().role() == NodeRole.BACKEND ? VoterId.ofBackend(name) : VoterId.ofProxy(name);
        return report.peer().stream()
                .map(address -> new PeerReport(
                        voter, PeerAddress.parse(address), report.seenAt().toString()));
    }

    Electors electors() {
        return electors;
    }

    /**
     * Brings the electorate towards the nodes that are there, if this node has that duty. Called often, on the loop.
     *
     * @param leads whether it has
     */
    void seeToElectorate(boolean leads) {
        directory.watchClosely(leads);
        if (leads) {
            tender.tend();
        }
    }

    Peers peers() {
        return peers;
    }

    /**
     * Begins to vote and to answer the others.
     *
     * @param owner what is asked about users and told of leases; empty on a proxy
     * @throws IOException if the address cannot be bound
     */
    void start(Optional<Owner> owner) throws IOException {
        server = PeerServer.start(
                settings.get(PeerSettings.LISTEN).toSocketAddress(),
                transport,
                eventLoops,
                key,
                new PeerDuties(site, self, vote, owner),
                metrics);
        directory.start();
        vote.start();
    }

    void stop() {
        client.close();
        PeerServer current = server;
        if (current != null) {
            current.stop();
        }
    }
}
