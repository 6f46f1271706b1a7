package org.pombal.simulation.decisions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.BalanceMove;
import org.pombal.model.balance.GroupLoad;

/** The loads of a site's backends relative to their shares, reckoned apart from the planner, to judge it and to compare with. */
final class Levels {

    final List<Backend> backends;
    final double[] load;
    final double[] share;
    final List<List<GroupLoad>> free = new ArrayList<>();
    private final Map<BackendId, Integer> places = new HashMap<>();

    Levels(BalanceFacts facts) {
        backends = facts.backends().stream().filter(Backend::takesNewGroups).toList();
        load = new double[backends.size()];
        share = new double[backends.size()];
        double factors = 0;
        for (int i = 0; i < share.length; i++) {
            places.put(backends.get(i).id(), i);
            factors += backends.get(i).loadFactor().percent();
            free.add(new ArrayList<>());
        }
        double all = 0;
        for (GroupLoad group : facts.groups()) {
            Integer place = places.get(group.place());
            if (place != null) {
                load[place] += group.load();
                all += group.load();
                if (group.isFree()) {
                    free.get(place).add(group);
                }
            }
        }
        for (int i = 0; i < share.length; i++) {
            share[i] = all * backends.get(i).loadFactor().percent() / factors;
        }
    }

    /** @throws IllegalStateException if a move is none that a plan may make */
    void apply(List<BalanceMove> moves) {
        for (BalanceMove move : moves) {
            Integer from = places.get(move.from().id());
            Integer to = places.get(move.to().id());
            if (from == null
                    || to == null
                    || from.equals(to)
                    || move.group().stickyBackend()
                    || move.group().isMoving()) {
                throw new IllegalStateException("a move that may not be: " + move);
            }
            load[from] -= move.load();
            load[to] += move.load();
        }
    }

    double level(int backend) {
        return load[backend] / share[backend];
    }

    double peak() {
        double peak = 0;
        for (int i = 0; i < load.length; i++) {
            peak = Math.max(peak, level(i));
        }
        return peak;
    }

    double least() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < load.length; i++) {
            least = Math.min(least, level(i));
        }
        return least;
    }

    /**
     * From worst to best, again and again, the heaviest group that makes neither the worse of the two, until all are within the band.
     *
     * @return moves
     */
    int greedy(double band, int most) {
        TreeSet<Integer> order = new TreeSet<>((a, b) -> {
            int byLevel = Double.compare(level(a), level(b));
            return byLevel != 0 ? byLevel : Integer.compare(a, b);
        });
        for (int i = 0; i < load.length; i++) {
            order.add(i);
        }
        int moves = 0;
        while (moves < most && (level(order.last()) > 1 + band || level(order.first()) < 1 - band)) {
            int worst = order.last();
            int best = order.first();
            double limit = Math.min(load[worst] - share[worst] * (1 - band), share[best] * (1 + band) - load[best]);
            GroupLoad heaviest = null;
            for (GroupLoad group : free.get(worst)) {
                if (group.load() <= limit && (heaviest == null || group.load() > heaviest.load())) {
                    heaviest = group;
                }
            }
            if (heaviest == null || heaviest.load() <= 0) {
                break;
            }
            order.remove(worst);
            order.remove(best);
            load[worst] -= heaviest.load();
            load[best] += heaviest.load();
            free.get(worst).remove(heaviest);
            free.get(best).add(heaviest);
            order.add(worst);
            order.add(best);
            moves++;
        }
        return moves;
    }

    /** As the original: from worst to best, one group whichever, an hour each. */
    void classic(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            int worst = 0;
            int best = 0;
            for (int i = 0; i < load.length; i++) {
                worst = level(i) > level(worst) ? i : worst;
                best = level(i) < level(best) ? i : best;
            }
            List<GroupLoad> groups = free.get(worst);
            if (groups.isEmpty() || worst == best) {
                return;
            }
            GroupLoad group = groups.remove(0);
            load[worst] -= group.load();
            load[best] += group.load();
            free.get(best).add(group);
        }
    }
}
