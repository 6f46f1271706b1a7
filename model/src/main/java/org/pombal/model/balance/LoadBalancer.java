package org.pombal.model.balance;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;

/**
 * Plans the fewest moves that bring every backend of a site into a band around its share of the load.
 *
 * <p>Of each backend with load factor 0 some groups go first. Then, if loads differ by more than the threshold, groups that are too heavy
 * for their backend go to one with a higher load factor ({@link Misfits}), backends above the band give groups ({@link Relief}), those
 * below are filled ({@link Filling}), and where groups are too heavy for that, two are exchanged ({@link Exchange}). Groups on the move count where they go, and are not moved; neither are sticky groups and
 * those that rest. Groups of offline and standby backends are left alone: others see to them.
 *
 * <p>A group is moved at most once by a plan. The plan depends on the facts alone.
 */
public final class LoadBalancer {

    private LoadBalancer() {}

    public static BalancePlan plan(BalanceFacts facts, BalanceRules rules) {
        if (facts.backends().stream().noneMatch(Backend::takesNewGroups)) {
            return BalancePlan.nothing("no backend is online with a load factor above 0");
        }
        List<Drained> drained = drained(facts, rules);
        Ledger ledger = new Ledger(
                facts,
                rules,
                drained.stream().mapToDouble(one -> one.group().load()).sum());
        double before = ledger.peak();
        drained.forEach(one -> ledger.receive(one.group(), one.from()));
        Optional<String> objection = objection(facts, rules);
        double spread = ledger.spread();
        int least = drained.size();
        String reason;
        if (objection.isPresent()) {
            reason = objection.get();
        } else if (spread <= rules.threshold()) {
            reason = "loads differ by " + percent(spread) + " % of the mean, not more than "
                    + percent(rules.threshold()) + " %";
        } else {
            least += MoveBound.of(ledger);
            Misfits.run(ledger);
            Relief.run(ledger);
            Filling.run(ledger);
            Exchange.run(ledger);
            Filling.run(ledger);
            reason = "loads differ by " + percent(spread) + " % of the mean, more than " + percent(rules.threshold())
                    + " %";
        }
        return new BalancePlan(
                reason,
                ledger.moves(),
                Math.max(0, rules.maxMoves() - facts.moving()),
                before,
                ledger.peak(),
                ledger.floor,
                least,
                ledger.notes);
    }

    /** A group that leaves a backend with load factor 0. */
    private record Drained(GroupLoad group, Backend from) {}

    private static List<Drained> drained(BalanceFacts facts, BalanceRules rules) {
        List<Drained> drained = new ArrayList<>();
        facts.backends().stream()
                .filter(backend -> backend.status() == BackendStatus.ONLINE && !backend.takesNewGroups())
                .sorted(comparing(Backend::id))
                .forEach(backend -> {
                    List<GroupLoad> groups = facts.groups().stream()
                            .filter(group -> group.group().backend().equals(backend.id()))
                            .toList();
                    long leaving = groups.stream()
                            .filter(group -> group.group().isMoving())
                            .count();
                    groups.stream()
                            .filter(GroupLoad::isFree)
                            .sorted(GroupLoad.HEAVIEST_FIRST)
                            .limit(Math.max(0, rules.drainMoves() - leaving))
                            .forEach(group -> drained.add(new Drained(group, backend)));
                });
        return drained;
    }

    /** Why the loads cannot be trusted, if so. */
    static Optional<String> objection(BalanceFacts facts, BalanceRules rules) {
        if (facts.samples() < rules.minSamples()) {
            return Optional.of(
                    "there are " + facts.samples() + " samples of the load, fewer than " + rules.minSamples());
        }
        Duration age = Duration.between(facts.measuredAt(), facts.now());
        if (age.compareTo(rules.maxAge()) > 0) {
            return Optional.of("the load was measured " + age.toSeconds() + " s ago, more than "
                    + rules.maxAge().toSeconds() + " s");
        }
        if (age.plus(rules.maxAge()).isNegative()) {
            return Optional.of("the load was measured " + age.negated().toSeconds() + " s from now: a clock is wrong");
        }
        return Optional.empty();
    }

    private static long percent(double ratio) {
        return Math.round(100 * ratio);
    }
}
