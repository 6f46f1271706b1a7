package org.pombal.simulation.sites;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.sitefailover.SiteJudge;
import org.pombal.model.sitefailover.SiteTrust;
import org.pombal.model.user.UserKey;
import org.pombal.simulation.Chance;
import org.pombal.simulation.History;

/** All that a site runs, as one machine: its trust, its judge of the other sites, and its {@link Desk}. */
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
    private SiteJudge judge;
    private Map<SiteId, SiteFailover> rows = Map.of();
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
        this.judge = new SiteJudge(World.TIMINGS, world.rules());
    }

    private SiteTrust newTrust() {
        return new SiteTrust(policy, World.TIMINGS, world.rules(), OptionalLong.empty());
    }

    void start() {
        world.events().after(world.chance().milliseconds(0, 1000), this::tick);
    }

    private void tick() {
        if (!world.links().isDown(number)) {
            readTrust();
            readRows();
            judge();
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

    /** The failover of a site, as far as this one knows. */
    SiteFailover row(SiteId id) {
        return rows.getOrDefault(id, SiteFailover.never(id));
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
        int asked = life;
        geoDb.siteFailovers().list().thenAccept(all -> {
            if (asked == life) {
                Map<SiteId, SiteFailover> read = new HashMap<>();
                all.forEach(row -> read.put(row.site(), row));
                rows = read;
            }
        });
    }

    private void judge() {
        Set<SiteId> home = new TreeSet<>();
        world.sites().stream()
                .map(Site::id)
                .filter(id -> !desk.knowsAwayFrom(id))
                .forEach(home::add);
        SiteJudge.Facts facts = new SiteJudge.Facts(
                now(), site.id(), world.sites(), rows, world.matrix(number), Map.of(), world.isAutomatic(), home, 5);
        for (SiteJudge.Decision decision : judge.judge(facts)) {
            geoDb.siteFailovers().update(decision.next());
        }
    }

    /** All its machines lose their power. */
    void goDown() {
        if (!world.links().isDown(number)) {
            world.links().setDown(number, true);
            desk.vanish();
            life++;
            desk = new Desk(world, this);
            trust = newTrust();
            judge = new SiteJudge(World.TIMINGS, world.rules());
            rows = Map.of();
            reading = false;
            lastRead = Long.MIN_VALUE / 2;
        }
    }

    void comeUp() {
        world.links().setDown(number, false);
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
