package org.pombal.simulation.sites;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.FaultPlan;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.forcemove.ForceMoveRules;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.user.UserKey;
import org.pombal.simulation.Chance;
import org.pombal.simulation.EventQueue;
import org.pombal.simulation.History;

/** All sites, what is between them, and their users. */
final class World implements FaultPlan {

    static final FailoverTimings TIMINGS = new FailoverTimings(
            Duration.ofSeconds(8),
            Duration.ofSeconds(40),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final int USERS = 6;

    /** A request arrives at most so many milliseconds late. */
    static final int LATEST = 90_000;

    /** In each site. */
    static final int GROUPS = 4;

    private final EventQueue events = new EventQueue();
    private final History history = new History(events);
    private final Chance chance;
    private final Links links;
    private final Sightings sightings;
    private final Truth truth;
    private final FailoverRules rules;
    private final ForceMoveRules forceMoveRules;
    private final Shares shares;
    private final boolean automatic;
    private final long followEvery;
    private final InMemoryCluster store;
    private final List<Site> sites = new ArrayList<>();
    private final List<SiteNode> nodes = new ArrayList<>();
    private final List<UserKey> users;
    private boolean faults = true;
    private int sessions;

    World(long seed, IsolationPolicy policy, FailoverRules rules, ForceMoveRules forceMoveRules) {
        this.chance = new Chance(seed);
        this.rules = rules;
        this.forceMoveRules = forceMoveRules;
        int number = chance.between(2, 4);
        this.links = new Links(number, number == 2 && chance.in(60));
        this.sightings = new Sightings(this, number);
        this.shares = new Shares(this, number);
        this.truth = new Truth(this, number);
        this.automatic = chance.in(80);
        this.followEvery = chance.in(30) ? 10 * Chance.SECOND : 0;
        this.store = new InMemoryCluster(
                chance.generator(),
                () -> EPOCH.plusNanos(events.now()),
                this,
                (after, task) -> events.after(after.toNanos(), task));
        for (int each = 0; each < number; each++) {
            Site site = Site.added(new SiteId(new UUID(7, each)), "site" + each)
                    .withLoadBalancer("lb" + each)
                    .withGroupCount(GROUPS);
            sites.add(site);
            nodes.add(new SiteNode(this, each, site, policy, chance.between(-5, 5)));
        }
        this.users = IntStream.range(0, USERS)
                .mapToObj(each -> new UserKey("user" + each))
                .toList();
        faults = false;
        GeoDb operator = geoDb(0);
        users.forEach(user -> operator.users()
                .createIfAbsent(
                        User.firstSeen(user, GroupId.numbered(chance.one(sites).id(), chance.between(1, GROUPS)))));
        faults = true;
        nodes.forEach(SiteNode::start);
    }

    EventQueue events() {
        return events;
    }

    History history() {
        return history;
    }

    Chance chance() {
        return chance;
    }

    Links links() {
        return links;
    }

    Sightings sightings() {
        return sightings;
    }

    Truth truth() {
        return truth;
    }

    Shares shares() {
        return shares;
    }

    ForceMoveRules forceMoveRules() {
        return forceMoveRules;
    }

    FailoverRules rules() {
        return rules;
    }

    List<Site> sites() {
        return sites;
    }

    List<SiteNode> nodes() {
        return nodes;
    }

    List<UserKey> users() {
        return users;
    }

    /** How old what nodes know of failovers may be, in nanoseconds. */
    long followEvery() {
        return followEvery;
    }

    boolean hasFaults() {
        return faults;
    }

    boolean isAutomatic() {
        return automatic;
    }

    SiteNode node(SiteId id) {
        return nodes.get((int) id.value().getLeastSignificantBits());
    }

    /** A site's way to GeoDB: by its own data centre. */
    GeoDb geoDb(int site) {
        return store.open(String.valueOf(site), Duration.ofMillis(chance.between(-300_000, 300_000)));
    }

    int nextSession() {
        return ++sessions;
    }

    void heal() {
        faults = false;
        links.join();
        truth.changed();
        nodes.forEach(SiteNode::comeUp);
    }

    @Override
    public Fault next(Request request) {
        int site = Integer.parseInt(request.writer());
        if (links.isDown(site)) {
            return new Fault.RequestLost();
        }
        boolean local = request.kind() == Kind.WRITE
                || request.what().startsWith("listing")
                || request.what().contains("user group");
        if (!local && !links.hasMajority(site)) {
            // What a minority has accepted, a majority may find and finish much later.
            return request.kind() == Kind.COMPARE_AND_SET && chance.in(30)
                    ? new Fault.Late(milliseconds(1_000, LATEST))
                    : chance.in(50) ? new Fault.Unavailable() : new Fault.RequestLost();
        }
        if (faults && request.what().startsWith("updating user") && chance.in(25)) {
            return new Fault.Late(milliseconds(1_000, LATEST));
        }
        if (!faults || chance.in(75)) {
            return new Fault.None();
        }
        return switch (chance.below(4)) {
            case 0 -> new Fault.RequestLost();
            case 1 -> new Fault.AnswerLost();
            case 2 -> new Fault.Slow(milliseconds(10, 1_900));
            default -> new Fault.Late(milliseconds(100, LATEST));
        };
    }

    private Duration milliseconds(int least, int most) {
        return Duration.ofNanos(chance.milliseconds(least, most));
    }
}
