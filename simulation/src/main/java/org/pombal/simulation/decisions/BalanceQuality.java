package org.pombal.simulation.decisions;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.BalancePlan;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.LoadBalancer;

/** How good plans for a large site are, what they cost, and how others do. */
final class BalanceQuality {

    private static final double MOST_PEAK = 1.02;
    private static final double MOST_MOVES = 1.1;
    private static final long MOST_MILLISECONDS = 1_000;
    private static final BalanceRules RULES =
            new BalanceRules(3_000, 0.1, 0.02, 100_000, 100_000, Duration.ofHours(12), Duration.ofMinutes(5));

    private final long seed;
    private boolean good = true;

    BalanceQuality(long seed) {
        this.seed = seed;
    }

    boolean run(PrintStream out) {
        Table plans = new Table(
                "Plans for 1,000 backends and 100,000 groups (bars: max/mean 1.020 times its bound, moves 1.100 times theirs, 1,000 ms, the median of three)",
                "site",
                "max/mean before",
                "after",
                "bound",
                "min/mean",
                "moves",
                "bound",
                "moves/bound",
                "ms");
        LargeSite fresh = new LargeSite(seed, 0);
        BalanceFacts facts = fresh.facts();
        plan(plans, "placed by rendezvous", facts);
        plan(plans, "2 backends added", new LargeSite(seed + 1, 2).facts());
        plan(plans, "50 backends added", new LargeSite(seed + 2, 50).facts());
        LargeSite halved = new LargeSite(seed + 3, 0);
        halved.halve(50);
        plan(plans, "50 load factors halved", halved.facts());
        LargeSite heavy = new LargeSite(seed + 4, 0);
        heavy.overload(5);
        plan(plans, "5 groups above any share", heavy.facts());
        plans.print(out);
        compare(facts, fresh).print(out);
        return good;
    }

    private void plan(Table table, String name, BalanceFacts facts) {
        BalancePlan plan = LoadBalancer.plan(facts, RULES);
        long milliseconds = median(facts);
        Levels levels = new Levels(facts);
        levels.apply(plan.moves());
        int moves = plan.moves().size();
        double ratio = plan.leastMoves() == 0 ? 1 : (double) moves / plan.leastMoves();
        double bound = Math.max(1, plan.floor());
        good &= levels.peak() <= MOST_PEAK * bound + 1e-9 && ratio <= MOST_MOVES && milliseconds <= MOST_MILLISECONDS;
        table.row(
                name,
                plan.before(),
                levels.peak(),
                bound,
                levels.least(),
                moves,
                plan.leastMoves(),
                ratio,
                milliseconds);
    }

    private static long median(BalanceFacts facts) {
        long[] took = new long[3];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            LoadBalancer.plan(facts, RULES);
            took[i] = (System.nanoTime() - began) / 1_000_000;
        }
        Arrays.sort(took);
        return took[1];
    }

    private static Table compare(BalanceFacts facts, LargeSite site) {
        Table table = new Table(
                "The first of these sites, by others", "way", "max/mean", "min/mean", "moves", "moves an hour");
        Levels plain = new Levels(facts);
        table.row("plain rendezvous hashing", plain.peak(), plain.least(), 0, "-");
        BalancePlan plan = LoadBalancer.plan(facts, RULES);
        Levels planned = new Levels(facts);
        planned.apply(plan.moves());
        table.row("Pombal's plan", planned.peak(), planned.least(), plan.moves().size(), "as set");
        Levels greedy = new Levels(facts);
        int moves = greedy.greedy(RULES.band(), 10 * site.backends.size());
        table.row("greedy, worst to best", greedy.peak(), greedy.least(), moves, "as set");
        for (int days : List.of(1, 30)) {
            Levels classic = new Levels(facts);
            classic.classic(24 * days);
            table.row(
                    "classic, " + days + (days == 1 ? " day" : " days"), classic.peak(), classic.least(), 24 * days, 1);
        }
        return table;
    }
}
