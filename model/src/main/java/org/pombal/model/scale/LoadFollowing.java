package org.pombal.model.scale;

import java.util.List;
import java.util.stream.Stream;

/**
 * The scaler that follows load: so many backends that each is used to a target. The load is that of all backends together, in whole backends (see
 * {@link Demand}); between target × (1 − slack) and target × (1 + slack) nothing changes. What is above needs as many backends as bring it to the
 * target; what is below may have as few as keep it at or below the lower bound, so that the next small rise does not need the removed one back.
 *
 * <p>Backends that do not serve (offline, or put on standby by an operator) come on top of what is needed. Those that are starting count as serving. While
 * nothing is known of some backend's load, fewer are never wanted.
 *
 * <p>Example: 3 backends use 71 % of their CPUs, which is 2.13 whole ones. With target 0.6 that takes 3.55, so 4. With 4, two CPUs less would be wanted
 * as soon as 3 are used to 54 %, at 1.62 whole ones.
 */
public final class LoadFollowing {

    private LoadFollowing() {}

    /** How many are wanted, before the rules' least and most. */
    public static ScalerAnswer wanted(ScaleFacts facts, ScaleMemory memory, LoadRules rules) {
        List<Demand> demands = Demand.of(facts, rules);
        ScaleMemory now = memory.seen(facts);
        int serving = facts.serving() + now.starting().size();
        if (demands.isEmpty() || serving == 0) {
            return new ScalerAnswer.Unusable("no backend that serves has said anything of its load of late");
        }
        Demand highest = demands.get(0);
        int needed = 0;
        for (Demand demand : demands) {
            int own = needed(demand, serving, rules);
            if (own > needed) {
                needed = own;
                highest = demand;
            }
        }
        List<String> unknown = demands.stream()
                .flatMap(demand -> demand.unknown().stream())
                .distinct()
                .toList();
        String doubt = "";
        if (needed < serving && !unknown.isEmpty()) {
            needed = serving;
            doubt = "; fewer are not wanted while nothing is known of " + Demand.listed(unknown);
        }
        long away = away(facts, now).count();
        String extra = away == 0 ? "" : ", and " + away + " more that " + (away == 1 ? "does" : "do") + " not serve";
        return new ScalerAnswer.Wanted(
                (int) Math.min(ScalerAnswer.MOST, needed + away),
                highest.inWords(serving) + ", target " + Demand.percent(rules.target()) + " %: " + needed
                        + (needed == 1 ? " is" : " are") + " needed" + extra + doubt);
    }

    private static int needed(Demand demand, int serving, LoadRules rules) {
        if (demand.use(serving) > rules.target() * (1 + rules.slack())) {
            return Math.max(serving, demand.needs(rules.target()));
        }
        return Math.min(serving, demand.needs(rules.target() * (1 - rules.slack())));
    }

    private static Stream<ScaledBackend> away(ScaleFacts facts, ScaleMemory memory) {
        return facts.backends().stream()
                .filter(backend -> !backend.serves() && !memory.isStarting(backend) && !memory.isLeaving(backend));
    }
}
