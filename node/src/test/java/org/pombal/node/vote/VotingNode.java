package org.pombal.node.vote;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pombal.geodb.GeoDb;
import org.pombal.model.vote.VoterId;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.peer.PeerClient;
import org.pombal.node.peer.PeerFixture;
import org.pombal.node.peer.PeerServer;

/** A node of a {@link TestSite}, as far as votes go. */
public final class VotingNode implements AutoCloseable {

    public final VoterId self;
    public final OwnershipLoop loop;
    public final GeoDb geoDb;
    public final ElectorateReader reader;
    public final OwnVote vote;
    public final Polls polls;
    public final SiteElectors electors;
    final PrometheusRegistry registry = new PrometheusRegistry();
    volatile boolean hasNamesake;
    private final PeerServer server;
    private final PeerClient client;

    VotingNode(TestSite site, VoterId self) {
        this.self = self;
        this.loop = site.newLoop();
        this.geoDb = site.open(self.value());
        VoteMetrics metrics = new VoteMetrics(registry);
        this.reader = new ElectorateReader(loop, geoDb.electorates(), () -> Optional.of(site.id()), TestSite.TIMINGS);
        this.vote = new OwnVote(loop, reader, self, () -> hasNamesake, TestSite.TIMINGS, metrics);
        this.client = site.peers.client(PeerFixture.KEY);
        this.polls = new Polls(loop, client::vote, vote, TestSite.TIMINGS, metrics);
        this.electors = new SiteElectors(loop, reader, polls);
        try {
            this.server = site.peers.serve(self, vote, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vote.start();
    }

    /** The answer to a question that must be asked on the loop. */
    public <T> T onLoop(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        return wait(answer);
    }

    /** What a request on the loop is answered. */
    <T> T asked(Consumer<Consumer<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> request.accept(answer::complete));
        return wait(answer);
    }

    private static <T> T wait(CompletableFuture<T> answer) {
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Its machine is gone. */
    public void crash() {
        server.stop();
        loop.close();
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        loop.close();
    }
}
