package org.pombal.node.peer;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.VoterId;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.relay.Transport;

/** Real servers and clients of peers on loopback. */
public final class PeerFixture implements AutoCloseable {

    public static final String KEY = "the nodes' key: ü";

    public final SiteId site = SiteId.random();
    public final Map<VoterId, PeerAddress> addresses = new ConcurrentHashMap<>();
    public final PeerMetrics metrics = new PeerMetrics(new PrometheusRegistry());
    private final EventLoopGroup eventLoops = Transport.EPOLL.newGroup("test-peers", 1);
    private final HostAddresses hosts =
            new HostAddresses(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, Duration.ofHours(1));
    private final List<AutoCloseable> opened = new ArrayList<>();

    public PeerServer serve(VoterId self, Voting voting, Optional<Owner> owner) throws IOException {
        return serve(self, self, voting, owner);
    }

    /** @param listedAs as whom others find it */
    public PeerServer serve(VoterId listedAs, VoterId self, Voting voting, Optional<Owner> owner) throws IOException {
        PeerServer server = PeerServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Transport.EPOLL,
                eventLoops,
                new PeerKey(KEY),
                new PeerDuties(() -> Optional.of(site), self, voting, owner),
                metrics);
        opened.add(server::stop);
        addresses.put(listedAs, new PeerAddress("peer.example", server.address().getPort()));
        return server;
    }

    public PeerClient client(String key) {
        PeerClient client =
                new PeerClient(new PeerKey(key), peer -> Optional.ofNullable(addresses.get(peer)), hosts, metrics);
        opened.add(client);
        return client;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        hosts.close();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
