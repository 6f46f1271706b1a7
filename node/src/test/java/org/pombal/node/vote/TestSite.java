package org.pombal.node.vote;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.VoterId;
import org.pombal.node.TestCluster;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.peer.PeerFixture;

/** A site whose nodes talk over real HTTP and share an in-memory GeoDB; each can be cut off from it. */
public final class TestSite implements AutoCloseable {

    public static final OwnershipTimings TIMINGS = new OwnershipTimings(
            Duration.ofMillis(200),
            Duration.ofMillis(1_500),
            Duration.ofMillis(100),
            Duration.ofMillis(2_500),
            Duration.ofMillis(100),
            Duration.ofMillis(1_000),
            Duration.ofMillis(3_000),
            Duration.ofMillis(800),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(2_000),
            Duration.ofMillis(500),
            10);

    private static final Fault AWAY = new Fault.Unavailable();

    public final PeerFixture peers = new PeerFixture();
    private final Map<String, Boolean> cutOff = new ConcurrentHashMap<>();
    private final AtomicLong ahead = new AtomicLong();
    private final InMemoryCluster cluster = new InMemoryCluster(
            new Random(1),
            InstantSource.system(),
            request -> cutOff.getOrDefault(request.writer(), false) ? AWAY : new Fault.None(),
            (after, task) -> CompletableFuture.delayedExecutor(after.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(task));
    private final Map<VoterId, VotingNode> nodes = new LinkedHashMap<>();
    private final List<Throwable> bugs = new ArrayList<>();

    public SiteId id() {
        return peers.site;
    }

    public GeoDb open(String writer) {
        return cluster.open(writer, Duration.ZERO);
    }

    /** Nanoseconds of the boot clock of all machines. */
    public long bootClock() {
        return System.nanoTime() + ahead.get();
    }

    /** All machines' boot clocks are so much further at once; timers that were armed before take as long as they would have. */
    public void advance(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    OwnershipLoop newLoop() {
        return new OwnershipLoop(this::bootClock, bug -> {
            synchronized (bugs) {
                bugs.add(bug);
            }
        });
    }

    /** Adds a node that votes, named {@code backend/NAME.example}. */
    public VotingNode node(String name) {
        VotingNode node = new VotingNode(this, new VoterId("backend/" + name + ".example"));
        nodes.put(node.self, node);
        return node;
    }

    public Collection<VotingNode> nodes() {
        return nodes.values();
    }

    /** Makes all nodes the electorate, and lets so much time pass that they may say what they find. */
    public void letAllVote() {
        TestCluster.applied(
                open("operator").electorates().update(Electorate.first(id(), new TreeSet<>(nodes.keySet()))));
        advance(TIMINGS.voteHold());
    }

    /** From now on GeoDB does not answer this writer, or does again. */
    public void cutOff(String writer, boolean isCutOff) {
        cutOff.put(writer, isCutOff);
    }

    /** GeoDB is away for all, or back. */
    public void geoDbIsAway(boolean isAway) {
        nodes.keySet().forEach(node -> cutOff(node.value(), isAway));
    }

    @Override
    public void close() throws Exception {
        for (VotingNode node : nodes.values()) {
            node.close();
        }
        peers.close();
        synchronized (bugs) {
            if (!bugs.isEmpty()) {
                throw new AssertionError(bugs.size() + " bugs", bugs.get(0));
            }
        }
    }
}
