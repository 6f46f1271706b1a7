package org.pombal.simulation.sites;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.FaultPlan;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.SiteSight;
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
            Duration.ofSeconds(5),
            Duration.ofSeconds(40),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final int USERS = 6;

    private final EventQueue events = new EventQueue();
    private final History history = new History(events);
    private final Chance chance;
    private final Links links;
    private final FailoverRules rules;
    private final boolean automatic;
    private final InMemoryCluster store;
    private final List<Site> sites = new ArrayList<>();
    private final List<SiteNode> nodes = new ArrayList<>();
    private final List<UserKey> users;
    private boolean faults = true;
    private int sessions;

    World(long seed, IsolationPolicy policy, FailoverRules rules) {
        this.chance = new Chance(seed);
        this.rules = rules;
        this.links = new Links(chance.between(2, 4));
        this.automatic = chance.in(80);
        this.store = new InMemoryCluster(
                chance.generator(),
                () -> EPOCH.plusNanos(events.now()),
                this,
                (after, task) -> events.after(after.toNanos(), task));
        for (int number = 0; number < links.sites(); number++) {
            Site site = Site.added(new SiteId(new UUID(7, number)), "site" + number)
                    .withLoadBalancer("lb" + number)
                    .withGroupCount(4);
            sites.add(site);
            nodes.add(new SiteNode(this, number, site, policy, chance.between(-5, 5)));
        }
        this.users = IntStream.range(0, USERS)
                .mapToObj(number -> new UserKey("user" + number))
                .toList();
        faults = false;
        GeoDb operator = geoDb(0);
        users.forEach(user -> operator.users()
                .createIfAbsent(
                        User.firstSeen(user, GroupId.numbered(chance.one(sites).id(), chance.between(1, 4)))));
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
        nodes.forEach(SiteNode::comeUp);
    }

    /** What a site can know of who reaches whom: by the rows of those with whose data centres its own works together. */
    ReachabilityMatrix matrix(int viewer) {
        List<SiteSight> sights = new ArrayList<>();
        for (int from = 0; from < links.sites(); from++) {
            for (int to = 0; to < links.sites(); to++) {
                if (from != to && links.areJoined(viewer, from)) {
                    sights.add(new SiteSight(
                            sites.get(from).id(),
                            sites.get(to).id(),
                            new HostName("proxy"),
                            links.reaches(from, to),
                            Duration.ZERO,
                            Duration.ofSeconds(1),
                            Optional.empty(),
                            Duration.ZERO));
                }
            }
        }
        return new ReachabilityMatrix(sights);
    }

    @Override
    public Fault next(Request request) {
        int site = Integer.parseInt(request.writer());
        if (links.isDown(site)) {
            return new Fault.RequestLost();
        }
        boolean local = request.kind() == Kind.WRITE || request.what().startsWith("listing");
        if (!local && !links.hasMajority(site)) {
            // What a minority has accepted, a majority may find and finish much later.
            return request.kind() == Kind.COMPARE_AND_SET && chance.in(30)
                    ? new Fault.Late(milliseconds(1_000, 90_000))
                    : chance.in(50) ? new Fault.Unavailable() : new Fault.RequestLost();
        }
        if (faults && request.what().startsWith("updating user") && chance.in(25)) {
            return new Fault.Late(milliseconds(1_000, 90_000));
        }
        if (!faults || chance.in(75)) {
            return new Fault.None();
        }
        return switch (chance.below(4)) {
            case 0 -> new Fault.RequestLost();
            case 1 -> new Fault.AnswerLost();
            case 2 -> new Fault.Slow(milliseconds(10, 1_900));
            default -> new Fault.Late(milliseconds(100, 90_000));
        };
    }

    private Duration milliseconds(int least, int most) {
        return Duration.ofNanos(chance.milliseconds(least, most));
    }
}
