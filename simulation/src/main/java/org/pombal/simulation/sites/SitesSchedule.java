package org.pombal.simulation.sites;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.forcemove.ForceMoveRules;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.simulation.Chance;
import org.pombal.simulation.History;

/** One run: sites, a time of chaos, healing, and the time until all users are home and all failovers over. */
public final class SitesSchedule {

    private static final long LONGEST_RECOVERY = 500 * Chance.SECOND;

    /** From when it can be seen that a site is lost until others take its users: blind, counting, waiting, and what looking takes. */
    private static final long LONGEST_FAILOVER = World.TIMINGS
            .declareAfter()
            .multipliedBy(2)
            .plus(World.TIMINGS.patience())
            .plusSeconds(15)
            .toNanos();

    /** Until all users have logged in and those who are to leave have left. */
    private static final long LONGEST_SHARE = 40 * Chance.SECOND;

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

    /** Whether operators end what has hardly begun. */
    private final boolean hasty;

    private SitesSchedule(World world) {
        this.world = world;
        this.hasty = world.chance().in(25);
    }

    public static Outcome run(long seed, IsolationPolicy policy, FailoverRules rules, ForceMoveRules forceMoveRules) {
        World world = new World(seed, policy, rules, forceMoveRules);
        return new SitesSchedule(world).run(seed);
    }

    private Outcome run(long seed) {
        Chance chance = world.chance();
        clients();
        faults();
        operator();
        until(chance.milliseconds(100_000, 400_000));
        chaos = false;
        world.shares().stopAll();
        world.heal();
        until(world.events().now() + World.LATEST * Chance.MILLISECOND);
        Optional<String> stuck = rest();
        if (stuck.isEmpty() && world.isAutomatic() && world.links().surviveOne() && chance.in(30)) {
            loseOne();
            world.heal();
            stuck = rest();
        }
        if (stuck.isEmpty() && world.history().isClean() && chance.in(30)) {
            moveAShare();
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

    /** Waits until all is at rest; what is not, long after it should be. */
    private Optional<String> rest() {
        Optional<String> stuck = Optional.of("not looked at");
        long limit = world.events().now() + LONGEST_RECOVERY;
        while (stuck.isPresent()
                && world.events().now() < limit
                && world.history().isClean()) {
            until(world.events().now() + 5 * Chance.SECOND);
            stuck = unfinished();
        }
        return stuck;
    }

    /** For a while nobody can decide anything. */
    private void blindness() {
        world.links().cutAll();
        world.events().after(world.chance().milliseconds(2_000, 60_000), () -> {
            if (chaos) {
                world.links().join();
                world.truth().changed();
            }
        });
    }

    /** A site is lost for good while nobody can decide anything; once the others can, it has to be failed over in time. */
    private void loseOne() {
        Chance chance = world.chance();
        SiteNode lost = chance.one(world.nodes());
        boolean isDown = chance.in(50);
        world.links().cutAll();
        if (isDown) {
            lost.goDown();
        }
        world.truth().changed();
        until(world.events().now() + chance.milliseconds(2_000, 30_000));
        world.links().join();
        if (!isDown) {
            world.links().cutOff(lost.number());
        }
        world.truth().changed();
        long sight = world.events().now();
        until(sight + LONGEST_FAILOVER);
        SiteNode any = world.nodes().get(lost.number() == 0 ? 1 : 0);
        SiteFailover row = any.rows()
                .getOrDefault(lost.site().id(), SiteFailover.never(lost.site().id()));
        if (!row.letsOthersTake()) {
            world.history()
                    .violated(lost.name() + " is lost, and is not failed over " + LONGEST_FAILOVER / Chance.SECOND
                            + " s after that could be seen: " + row);
        }
    }

    /** While all is well, exactly those of a share leave who are in it, and nobody comes back. */
    private void moveAShare() {
        Chance chance = world.chance();
        int site = chance.below(world.sites().size());
        // After GeoDB has not answered, no login waits for it for a while.
        until(world.events().now() + ForcedLogins.PAUSE.toNanos() + 5 * Chance.SECOND);
        List<UserKey> before = atHome(site);
        world.shares().calm();
        int low = chance.between(10, 60);
        world.shares().start(site, low);
        until(world.events().now() + LONGEST_SHARE);
        checkShare(site, before);
        world.shares().percentage(site, chance.between(low, 100));
        until(world.events().now() + LONGEST_SHARE);
        checkShare(site, before);
        List<UserKey> stayed = atHome(site);
        world.shares().percentage(site, low / 2);
        until(world.events().now() + LONGEST_SHARE / 2);
        if (!atHome(site).equals(stayed)) {
            world.history().violated("a lower percentage changes who is on site" + site);
        }
        world.shares().disturbed();
        world.shares().stopAll();
    }

    private void checkShare(int site, List<UserKey> before) {
        users(rows -> rows.stream()
                .filter(row -> before.contains(row.key()) && world.shares().wantsElsewhere(site, row))
                .forEach(row -> world.history().violated(row.key() + " has not left site" + site + " as wanted")));
        long chosen = world.sites().get(site).forceMove().stream()
                .flatMap(forced -> before.stream()
                        .filter(user -> ForcePlacement.isChosen(user, forced.share(), UsernameHash.WHOLE_NAME)))
                .count();
        if (before.size() - atHome(site).size() != chosen) {
            world.history()
                    .violated("of " + before.size() + " users of site" + site + " " + chosen + " were to leave, and "
                            + atHome(site).size() + " stayed");
        }
    }

    private List<UserKey> atHome(int site) {
        List<UserKey> home = new ArrayList<>();
        users(rows -> rows.stream()
                .filter(row -> row.home().site().equals(world.sites().get(site).id()))
                .map(User::key)
                .forEach(home::add));
        return home;
    }

    private void users(Consumer<List<User>> with) {
        world.nodes().get(0).geoDb().users().list(Optional.empty(), 100).thenAccept(page -> with.accept(page.rows()));
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
                switch (chance.below(7)) {
                    case 0, 1 -> world.links().cutSomewhere(chance);
                    case 2 -> world.links().join();
                    case 3 -> chance.one(world.nodes()).goDown();
                    case 4 -> chance.one(world.nodes()).decider().standStill(chance.milliseconds(1_000, 120_000));
                    case 5 -> blindness();
                    default -> world.nodes().forEach(SiteNode::comeUp);
                }
                world.truth().changed();
                faults();
            }
        });
    }

    /** Now and then declares a failover, and ends one. When all is healed, ends those that only an operator may end. */
    private void operator() {
        Chance chance = world.chance();
        boolean inHaste = hasty && chaos;
        world.events().after(chance.milliseconds(inHaste ? 500 : 5_000, inHaste ? 6_000 : 60_000), () -> {
            SiteNode at = chance.one(world.nodes());
            if (chaos && chance.in(30) && world.links().hasMajority(at.number())) {
                world.shares().change(chance.below(world.sites().size()));
            }
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
        world.nodes().stream()
                .filter(node -> node.decider().standsStill())
                .forEach(node -> problems.add("the decider of " + node.name() + " stands still"));
        world.users().stream()
                .filter(user -> !served.contains(user))
                .forEach(user -> problems.add(user + " is not served"));
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }
}
