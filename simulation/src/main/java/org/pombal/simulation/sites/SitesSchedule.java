package org.pombal.simulation.sites;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.simulation.Chance;
import org.pombal.simulation.History;

/** One run: sites, a time of chaos, healing, and the time until all users are home and all failovers over. */
public final class SitesSchedule {

    private static final long LONGEST_RECOVERY = 500 * Chance.SECOND;

    /**
     * What came of it.
     *
     * @param violations users who were served by two sites at once
     * @param stuck what had not ended long after all was healed; empty if all had
     * @param exposure for how long two sessions of one user lived at most, in nanoseconds
     * @param takenOver whether a failover became active
     */
    public record Outcome(
            long seed,
            List<String> violations,
            Optional<String> stuck,
            long exposure,
            int sessions,
            boolean takenOver) {

        public boolean isGood() {
            return violations.isEmpty() && stuck.isEmpty();
        }
    }

    private final World world;
    private boolean chaos = true;
    private boolean takenOver;

    private SitesSchedule(World world) {
        this.world = world;
    }

    public static Outcome run(long seed, IsolationPolicy policy, FailoverRules rules) {
        World world = new World(seed, policy, rules);
        return new SitesSchedule(world).run(seed);
    }

    private Outcome run(long seed) {
        Chance chance = world.chance();
        clients();
        faults();
        operator();
        until(chance.milliseconds(100_000, 400_000));
        chaos = false;
        world.heal();
        Optional<String> stuck = Optional.of("not looked at");
        long limit = world.events().now() + LONGEST_RECOVERY;
        while (stuck.isPresent()
                && world.events().now() < limit
                && world.history().isClean()) {
            until(world.events().now() + 5 * Chance.SECOND);
            stuck = unfinished();
        }
        History history = world.history();
        return new Outcome(
                seed,
                history.violations(),
                history.isClean() ? stuck : Optional.empty(),
                history.longestExposure(),
                history.sessions(),
                takenOver);
    }

    private void until(long time) {
        boolean[] reached = {false};
        world.events().at(time, () -> reached[0] = true);
        while (!reached[0] && world.events().runNext()) {
            // All is done by the events.
        }
    }

    private void clients() {
        Chance chance = world.chance();
        world.events().after(chance.milliseconds(50, 800), () -> {
            chance.one(world.nodes()).arrive(chance.one(world.users()), 0);
            clients();
        });
    }

    private void faults() {
        Chance chance = world.chance();
        world.events().after(chance.milliseconds(1_000, 40_000), () -> {
            if (chaos) {
                switch (chance.below(5)) {
                    case 0, 1 -> world.links().cutSomewhere(chance);
                    case 2 -> world.links().join();
                    case 3 -> chance.one(world.nodes()).goDown();
                    default -> world.nodes().forEach(SiteNode::comeUp);
                }
                faults();
            }
        });
    }

    /** Now and then declares a failover, and ends one. When all is healed, ends those that only an operator may end. */
    private void operator() {
        Chance chance = world.chance();
        world.events().after(chance.milliseconds(5_000, 60_000), () -> {
            SiteNode at = chance.one(world.nodes());
            List<Site> about = chaos ? List.of(chance.one(world.sites())) : world.sites();
            about.forEach(site -> at.geoDb()
                    .siteFailovers()
                    .find(site.id(), ReadLevel.SERIAL)
                    .thenAccept(row -> next(row)
                            .ifPresent(next -> at.geoDb().siteFailovers().update(next))));
            operator();
        });
    }

    private Optional<SiteFailover> next(SiteFailover row) {
        takenOver |= row.term() > 0;
        if (row.phase() == FailoverPhase.DECLARED
                && row.byOperator()
                && (!chaos || world.chance().in(20))) {
            return FailoverSteps.withdrawn(row);
        }
        if (row.letsOthersTake() && (row.byOperator() || !world.isAutomatic())) {
            return FailoverSteps.recovering(row, 5);
        }
        return chaos && world.chance().in(30) ? FailoverSteps.declared(row, true, false, 5) : Optional.empty();
    }

    /** What is not at rest: failovers, users who are not home, users who are not served. */
    private Optional<String> unfinished() {
        Set<String> problems = new HashSet<>();
        Set<UserKey> served = new HashSet<>();
        world.nodes().forEach(node -> served.addAll(node.served()));
        SiteNode any = world.nodes().get(0);
        any.geoDb().siteFailovers().list().thenAccept(rows -> rows.stream()
                .filter(row -> row.phase() != FailoverPhase.NONE)
                .forEach(row -> problems.add("site " + row.site() + " is " + row)));
        any.geoDb().users().list(Optional.empty(), 100).thenAccept(page -> page.rows().stream()
                .map(User::origin)
                .flatMap(Optional::stream)
                .forEach(origin -> problems.add("a user of " + origin + " is not home")));
        world.users().stream()
                .filter(user -> !served.contains(user))
                .forEach(user -> problems.add(user + " is not served"));
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }
}
