package org.pombal.model.mitigation;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.pombal.model.statistics.ProxyDestination;

/**
 * Judges destinations by the opinions of a moment.
 *
 * <p>Enough observers must agree, and its peers must do clearly better: their median ratio of failures has to be below half of the
 * threshold. What befalls all at once, such as a directory of users that is down, then condemns nobody.
 */
final class Jury {

    private final Opinions opinions;
    private final MitigationFacts facts;
    private final MitigationRules rules;
    private final int quorum;
    private final Map<ProxyDestination, Double> bestOf = new HashMap<>();
    private final Map<ProxyDestination, Double> worstOf = new HashMap<>();

    Jury(MitigationFacts facts, MitigationRules rules) {
        this.opinions = Opinions.of(facts, rules);
        this.facts = facts;
        this.rules = rules;
        this.quorum = Math.max(1, Math.min(rules.quorum(), opinions.observers().size()));
        for (Target target : facts.targets()) {
            List<Opinion> all = opinions.of().getOrDefault(target.destination(), List.of());
            if (target.state() == Target.State.ONLINE && !all.isEmpty()) {
                bestOf.put(target.destination(), median(all, Opinion::best));
                worstOf.put(target.destination(), median(all, Opinion::worst));
            }
        }
    }

    /** @param before how the target did until now, on which depends what it takes to leave that condition */
    Judgement judge(Target target, Condition before) {
        List<Opinion> all = opinions.of().getOrDefault(target.destination(), List.of());
        if (all.size() < quorum) {
            return new Judgement(target, Condition.UNKNOWN, tooFew(all.size()));
        }
        double brokenPeers = peers(bestOf, target);
        double failingPeers = peers(worstOf, target);
        long broken = all.stream()
                .filter(one -> rules.broken().isReached(one.best(), before == Condition.BROKEN))
                .count();
        long failing = all.stream()
                .filter(one -> rules.degraded().isReached(one.worst(), before.isFailing()))
                .count();
        long slow = all.stream().filter(one -> isSlow(one, target)).count();
        String seen = "failures " + percent(median(all, Opinion::worst)) + " of "
                + all.stream().mapToLong(Opinion::events).sum() + ", peers " + percent(failingPeers);
        double needed = rules.agreement() * all.size();
        if (broken >= needed && brokenPeers < rules.broken().enter() / 2) {
            return new Judgement(target, Condition.BROKEN, agree(broken, all, "broken", seen));
        }
        if (failing >= needed && failingPeers < rules.degraded().enter() / 2) {
            return new Judgement(target, Condition.DEGRADED, agree(failing, all, "degraded", seen));
        }
        if (slow >= needed) {
            return new Judgement(target, Condition.DEGRADED, agree(slow, all, "slow", seen));
        }
        return new Judgement(
                target, Condition.HEALTHY, agree(all.size() - Math.max(failing, slow), all, "healthy", seen));
    }

    private String tooFew(int opinionCount) {
        return opinionCount + " of at least " + quorum + " needed observers have an opinion"
                + (opinions.suspects().isEmpty()
                        ? ""
                        : "; not heard, for they see most broken: " + String.join(", ", opinions.suspects()))
                + (opinions.stale() == 0 ? "" : "; " + opinions.stale() + " rows are old or from the future");
    }

    private static String agree(long agreeing, List<Opinion> all, String what, String seen) {
        return agreeing + " of " + all.size() + " observers see it " + what + " (" + seen + ")";
    }

    /** Compared with what the same observer sees of others, so that a slow network of its own does not count. */
    private boolean isSlow(Opinion opinion, Target target) {
        if (opinion.latency()
                .filter(latency -> latency.compareTo(rules.slowFrom()) >= 0)
                .isEmpty()) {
            return false;
        }
        double[] others = facts.targets().stream()
                .filter(other -> other.state() == Target.State.ONLINE && !other.equals(target))
                .flatMap(other -> opinions.of().getOrDefault(other.destination(), List.of()).stream())
                .filter(other -> other.observer().equals(opinion.observer()))
                .flatMap(other -> other.latency().stream())
                .mapToDouble(Duration::toNanos)
                .toArray();
        return others.length > 0 && opinion.latency().orElseThrow().toNanos() >= rules.slowFactor() * median(others);
    }

    /** The median of its peers; without one there is nothing to compare with, and then nobody does better. */
    private static double peers(Map<ProxyDestination, Double> ratios, Target target) {
        double[] others = ratios.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(target.destination()))
                .mapToDouble(Map.Entry::getValue)
                .toArray();
        return others.length == 0 ? 1 : median(others);
    }

    private static double median(List<Opinion> all, ToDoubleFunction<Opinion> value) {
        return median(all.stream().mapToDouble(value).toArray());
    }

    /** The upper one of two in the middle: in doubt, peers do badly. */
    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 100) + " %";
    }

    /** Who was not heard. */
    Set<String> suspects() {
        return opinions.suspects();
    }
}
