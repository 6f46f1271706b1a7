package org.pombal.simulation.sites;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.sitefailover.SiteTrust;
import org.pombal.model.user.UserKey;
import org.pombal.simulation.Chance;
import org.pombal.simulation.History;

/** All that a site runs, as one machine: its trust, its {@link Decider} about the other sites, and its {@link Desk}. */
final class SiteNode implements History.Place {

    private static final long TICK = Chance.SECOND;

    private final World world;
    private final int number;
    private final Site site;
    private final IsolationPolicy policy;
    private final int perMille;
    private final GeoDb geoDb;
    private Desk desk;
    private SiteTrust trust;
    private Decider decider;
    private Map<SiteId, SiteFailover> rows = Map.of();
    private Map<SiteId, SiteFailover> followed = Map.of();
    private long followedAt = Long.MIN_VALUE / 2;
    private List<Site> sites = List.of();
    private boolean reading;
    private long lastRead;
    private int life;

    /** @param perMille by how much its boot clock is fast */
    SiteNode(World world, int number, Site site, IsolationPolicy policy, int perMille) {
        this.world = world;
        this.number = number;
        this.site = site;
        this.policy = policy;
        this.perMille = perMille;
        this.geoDb = world.geoDb(number);
        this.desk = new Desk(world, this);
        this.trust = newTrust();
        this.decider = new Decider(world, this);
    }

    private SiteTrust newTrust() {
        return new SiteTrust(policy, World.TIMINGS, world.rules(), OptionalLong.empty());
    }

    void start() {
        sites = List.copyOf(world.sites());
        world.events().after(world.chance().milliseconds(0, 1000), this::tick);
    }

    private void tick() {
        if (!world.links().isDown(number)) {
            readTrust();
            readRows();
            world.sightings().check(number);
            decider.step();
            desk.work(rows);
        }
        world.events().after(TICK + world.chance().milliseconds(0, 300), this::tick);
    }

    /** Nanoseconds of its boot clock. */
    long now() {
        return world.events().now() / 1000 * (1000 + perMille);
    }

    private long trueTime(long boot) {
        return boot / (1000 + perMille) * 1000;
    }

    int number() {
        return number;
    }

    Site site() {
        return site;
    }

    GeoDb geoDb() {
        return geoDb;
    }

    Desk desk() {
        return desk;
    }

    SiteTrust trust() {
        return trust;
    }

    boolean mayServe() {
        return !world.links().isDown(number)
                && trust.isTrusted(now())
                && trust.term().isPresent();
    }

    /** The failover of a site, as those know who serve and send on: a bit later than the decider. */
    SiteFailover row(SiteId id) {
        return followed.getOrDefault(id, SiteFailover.never(id));
    }

    /** Whether whatever belongs to an earlier life of this machine is answered. */
    int life() {
        return life;
    }

    @Override
    public String name() {
        return site.name();
    }

    private void readTrust() {
        long begun = now();
        if (reading || begun - lastRead < World.TIMINGS.readEvery().toNanos()) {
            return;
        }
        reading = true;
        int asked = life;
        geoDb.siteFailovers().find(site.id(), ReadLevel.SERIAL).whenComplete((row, failure) -> {
            if (asked != life) {
                return;
            }
            reading = false;
            lastRead = begun;
            if (row != null) {
                if (trust.read(begun, row)) {
                    desk.forget();
                    desk.endAll();
                }
                endWhenTrustEnds();
            }
        });
    }

    private void endWhenTrustEnds() {
        long until = trust.trustedUntil();
        if (until == Long.MAX_VALUE) {
            return;
        }
        int asked = life;
        world.events().at(until == Long.MIN_VALUE ? 0 : trueTime(until) + 1_000_000, () -> {
            if (asked == life && !trust.isTrusted(now())) {
                desk.endAll();
            }
        });
    }

    private void readRows() {
        if (!world.links().hasMajority(number)) {
            return;
        }
        sites = List.copyOf(world.sites());
        int asked = life;
        geoDb.siteFailovers().list().thenAccept(all -> {
            if (asked == life) {
                Map<SiteId, SiteFailover> read = new HashMap<>();
                all.forEach(row -> read.put(row.site(), row));
                rows = read;
                if (world.events().now() - followedAt >= world.followEvery()) {
                    followed = read;
                    followedAt = world.events().now();
                }
            }
        });
    }

    /** All failovers, as the decider knows them. */
    Map<SiteId, SiteFailover> rows() {
        return rows;
    }

    /** All sites' rows, as far as this site knows. */
    List<Site> sites() {
        return sites;
    }

    Decider decider() {
        return decider;
    }

    /** All its machines lose their power. */
    void goDown() {
        if (!world.links().isDown(number)) {
            world.links().setDown(number, true);
            world.truth().changed();
            world.truth().restarted(number);
            world.sightings().restart(number);
            desk.vanish();
            life++;
            desk = new Desk(world, this);
            trust = newTrust();
            decider = new Decider(world, this);
            rows = Map.of();
            followed = Map.of();
            followedAt = Long.MIN_VALUE / 2;
            reading = false;
            lastRead = Long.MIN_VALUE / 2;
        }
    }

    void comeUp() {
        world.links().setDown(number, false);
        world.truth().changed();
    }

    /** A user comes to one of its proxies. */
    void arrive(UserKey user, int hops) {
        if (!world.links().isDown(number)) {
            desk.arrive(user, hops);
        }
    }

    List<UserKey> served() {
        return desk.served();
    }
}
