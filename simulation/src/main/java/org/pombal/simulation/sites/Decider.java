package org.pombal.simulation.sites;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.sitefailover.SiteJudge;

/** The process of a site that decides about the others. It takes its time, and may stand still between any two steps. */
final class Decider {

    private static final int RATE = 5;

    private final World world;
    private final SiteNode node;
    private final SiteJudge judge;
    private boolean looking;
    private long awakeAt;

    Decider(World world, SiteNode node) {
        this.world = world;
        this.node = node;
        this.judge = new SiteJudge(World.TIMINGS, world.rules());
    }

    /** It stands still for so many nanoseconds from now on. */
    void standStill(long nanoseconds) {
        awakeAt = Math.max(awakeAt, world.events().now() + nanoseconds);
        world.truth().standsStill(node.number(), awakeAt);
    }

    boolean standsStill() {
        return world.events().now() < awakeAt;
    }

    private void later(int most, Runnable task) {
        int life = node.life();
        world.events()
                .after(
                        world.chance().milliseconds(1, most),
                        () -> whenAwake(() -> {
                            if (life == node.life()) {
                                task.run();
                            }
                        }));
    }

    private void whenAwake(Runnable task) {
        if (standsStill()) {
            world.events().at(awakeAt, () -> whenAwake(task));
        } else {
            task.run();
        }
    }

    void step() {
        if (looking || standsStill()) {
            return;
        }
        looking = true;
        long begunAt = node.now();
        Map<SiteId, SiteFailover> rows = node.rows();
        ReachabilityMatrix matrix = world.sightings().seenBy(node.number());
        if (!judge.asksForMajority()) {
            later(300, () -> judge(begunAt, rows, matrix, SiteJudge.Majority.NOT_ASKED));
            return;
        }
        node.geoDb()
                .siteFailovers()
                .find(node.site().id(), ReadLevel.SERIAL)
                .whenComplete((row, failure) -> later(
                        300,
                        () -> judge(
                                begunAt,
                                rows,
                                matrix,
                                failure == null ? SiteJudge.Majority.ANSWERED : SiteJudge.Majority.NONE)));
    }

    private void judge(
            long begunAt, Map<SiteId, SiteFailover> rows, ReachabilityMatrix matrix, SiteJudge.Majority majority) {
        looking = false;
        Set<SiteId> home = new TreeSet<>();
        world.sites().stream()
                .map(Site::id)
                .filter(id -> !node.desk().knowsAwayFrom(id))
                .forEach(home::add);
        SiteJudge.Facts facts = new SiteJudge.Facts(
                begunAt,
                node.now(),
                majority,
                node.site().id(),
                world.sites(),
                rows,
                matrix,
                Map.of(),
                world.isAutomatic(),
                home,
                RATE);
        List<SiteJudge.Decision> decisions = judge.judge(facts);
        if (!decisions.isEmpty() && world.hasFaults() && world.chance().in(10)) {
            standStill(world.chance().milliseconds(1_000, 60_000));
        }
        decisions.forEach(decision -> later(50, () -> write(decision)));
    }

    private void write(SiteJudge.Decision decision) {
        SiteFailover next = decision.next();
        if (node.now() > decision.until() && world.rules().forgetsOldDecisions()) {
            return;
        }
        boolean takes = next.phase() == FailoverPhase.DECLARED || next.phase() == FailoverPhase.ACTIVE;
        if (takes && !next.byOperator()) {
            world.truth().decided(node.number(), next);
        }
        node.geoDb().siteFailovers().update(next);
    }
}
