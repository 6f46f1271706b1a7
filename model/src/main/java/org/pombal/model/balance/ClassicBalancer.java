package org.pombal.model.balance;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;

/**
 * Balances as the original does: one group from the backend with the highest score to the one with the lowest, if the two differ by
 * more than the threshold, once in an interval (an hour there). Load factors count only in that a backend with 0 is no destination.
 *
 * <p>The scores are {@link HostScore}'s, so the threshold is in standard deviations here. Which group the original picks is not known; here
 * it is the one that has rested longest, so that groups take turns.
 */
public final class ClassicBalancer {

    private ClassicBalancer() {}

    /**
     * Plans one move or none.
     *
     * @param scores of each backend; those without are left out
     */
    public static BalancePlan plan(BalanceFacts facts, BalanceRules rules, Map<BackendId, Double> scores) {
        Optional<String> objection = LoadBalancer.objection(facts, rules);
        if (objection.isPresent()) {
            return BalancePlan.nothing(objection.get());
        }
        if (facts.moving() > 0) {
            return BalancePlan.nothing("a group is on the move");
        }
        List<Backend> ranked = facts.backends().stream()
                .filter(backend -> backend.takesNewGroups() && scores.containsKey(backend.id()))
                .sorted(comparingDouble((Backend backend) -> scores.getOrDefault(backend.id(), 0.0))
                        .thenComparing(Backend::id))
                .toList();
        if (ranked.size() < 2) {
            return BalancePlan.nothing("fewer than two backends have scores and take groups");
        }
        Backend best = ranked.get(0);
        Backend worst = ranked.get(ranked.size() - 1);
        double delta = scores.getOrDefault(worst.id(), 0.0) - scores.getOrDefault(best.id(), 0.0);
        if (delta <= rules.threshold()) {
            return BalancePlan.nothing(
                    "scores differ by " + round(delta) + " standard deviations, not more than " + rules.threshold());
        }
        String reason = "the score of " + worst.host() + " is " + round(delta) + " above that of " + best.host()
                + ", more than " + rules.threshold();
        List<BalanceMove> moves = facts.groups().stream()
                .filter(group -> group.isFree() && group.group().backend().equals(worst.id()))
                .min(comparing((GroupLoad group) -> group.movedAt().orElse(Instant.MIN))
                        .thenComparing(group -> group.group().id().name()))
                .map(group -> new BalanceMove(group.group(), worst, best, group.load(), reason))
                .stream()
                .toList();
        return new BalancePlan(reason, moves, 1, 1, 1, 1, moves.size(), List.of());
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
