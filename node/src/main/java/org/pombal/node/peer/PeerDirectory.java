package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Sightings;
import org.pombal.model.vote.VoterId;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.Timer;
import org.slf4j.LoggerFactory;

/**
 * The other nodes, as they report themselves in GeoDB. What was read once is remembered while GeoDB is away. Confined to the loop, but for
 * {@link #find}.
 */
public final class PeerDirectory implements PeerAddresses {

    /** How long a node that reports nothing new still votes: it may be restarted, or its machine may. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How many reports a node may leave out before it counts as gone, if that takes longer. */
    private static final int REPORTS_MISSED = 4;

    private static final long USUALLY = Duration.ofSeconds(30).toNanos();

    /** How often the one who sees to the electorate reads. */
    private static final long CLOSELY = Duration.ofSeconds(5).toNanos();

    /** How soon at the earliest, when somebody asks who is not known. */
    private static final long AT_ONCE = Duration.ofSeconds(1).toNanos();

    private final RateLimitedLog problems = new RateLimitedLog(LoggerFactory.getLogger(PeerDirectory.class));
    private final OwnershipLoop loop;
    private final Supplier<Optional<SiteId>> site;
    private final PeerReports reports;
    private final VoterId self;
    private final PeerAddress ownAddress;
    private final Timer timer;
    private final Map<VoterId, PeerAddress> addresses = new ConcurrentHashMap<>();
    private final Sightings sightings;
    private final Duration grace;
    private boolean closely;
    private boolean reading;
    private long lastRead = Long.MIN_VALUE;
    private @Nullable PeerAddress namesake;

    /**
     * @param site of this node; empty while it is not known
     * @param ownAddress as this node reports it
     * @param reportEvery how often the nodes of the site report
     */
    public PeerDirectory(
            OwnershipLoop loop,
            Supplier<Optional<SiteId>> site,
            PeerReports reports,
            VoterId self,
            PeerAddress ownAddress,
            Duration reportEvery) {
        this.loop = requireNonNull(loop, "loop is null");
        this.site = requireNonNull(site, "site is null");
        this.reports = requireNonNull(reports, "reports is null");
        this.self = requireNonNull(self, "self is null");
        this.ownAddress = requireNonNull(ownAddress, "ownAddress is null");
        Duration missed = reportEvery.multipliedBy(REPORTS_MISSED);
        this.sightings = new Sightings(missed.compareTo(PATIENCE) > 0 ? missed : PATIENCE);
        this.grace = reportEvery.multipliedBy(2).plusNanos(CLOSELY);
        this.timer = loop.timer(this::read);
    }

    /** Begins to read, and goes on until the loop ends. */
    public void start() {
        loop.execute(this::read);
    }

    @Override
    public Optional<PeerAddress> find(VoterId peer) {
        PeerAddress known = addresses.get(peer);
        if (known == null) {
            loop.later(this::readSoon);
        }
        return Optional.ofNullable(known);
    }

    /** Whether it is read often enough to see soon who comes and goes. */
    public void watchClosely(boolean isWanted) {
        closely = isWanted;
        if (isWanted) {
            readSoon();
        }
    }

    /** Those who should vote; see {@link Sightings#wanted}. */
    public NavigableSet<VoterId> wanted(Set<VoterId> standing) {
        return sightings.wanted(loop.now(), standing);
    }

    /** Whether an electorate may begin with those who are wanted; see {@link Sightings#settled}. */
    public boolean settled() {
        return sightings.settled(loop.now(), grace);
    }

    /** Where another node is reached that reports under this node's name; empty if none was seen. */
    public Optional<PeerAddress> namesake() {
        return Optional.ofNullable(namesake);
    }

    private void readSoon() {
        if (!reading) {
            long soon = lastRead == Long.MIN_VALUE ? loop.now() : lastRead + AT_ONCE;
            timer.arm(Math.min(next(), soon));
        }
    }

    private long next() {
        return (lastRead == Long.MIN_VALUE ? loop.now() : lastRead) + (closely ? CLOSELY : USUALLY);
    }

    private void read() {
        Optional<SiteId> here = site.get();
        if (here.isEmpty()) {
            timer.arm(loop.now() + AT_ONCE);
            return;
        }
        reading = true;
        loop.ask(reports.read(here.get()), (all, failure) -> {
            reading = false;
            lastRead = loop.now();
            if (all == null) {
                timer.arm(lastRead + CLOSELY);
            } else {
                learn(all);
                timer.arm(next());
            }
        });
    }

    private void learn(List<PeerReport> all) {
        Map<VoterId, String> seen = new HashMap<>();
        namesake = null;
        for (PeerReport one : all) {
            seen.put(one.peer(), one.report());
            addresses.put(one.peer(), one.address());
            if (one.peer().equals(self) && !one.address().equals(ownAddress)) {
                namesake = one.address();
                problems.warn(
                        "{} reports itself at {}, and this node, at {}, bears the same name; until that ends it does"
                                + " not vote",
                        self,
                        one.address(),
                        ownAddress);
            }
        }
        addresses.keySet().retainAll(seen.keySet());
        sightings.read(loop.now(), seen);
    }
}
