package org.pombal.model.balance;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;

/** The loads while a plan is made: which backend carries what, may carry what, and which of its groups may go. */
final class Ledger {

    /** A group that may go, and where it is. */
    record Piece(GroupLoad group, int from) {
        double load() {
            return group.load();
        }
    }

    /** Those that take groups. */
    final List<Backend> backends;
    /** By backend, the heaviest first. */
    final List<List<GroupLoad>> free = new ArrayList<>();

    final double[] load;
    final double[] target;
    final double[] low;
    final double[] high;
    final double floor;
    final List<String> notes = new ArrayList<>();
    private final List<BalanceMove> moves = new ArrayList<>();
    private final Map<BackendId, Integer> places = new HashMap<>();
    private final TreeSet<Integer> needy;
    private final TreeSet<Integer> content;

    /** @param coming load that will come from elsewhere, to be shared too */
    Ledger(BalanceFacts facts, BalanceRules rules, double coming) {
        backends = facts.backends().stream()
                .filter(Backend::takesNewGroups)
                .sorted(comparing(Backend::id))
                .toList();
        int count = backends.size();
        load = new double[count];
        low = new double[count];
        high = new double[count];
        double[] factors = new double[count];
        for (int i = 0; i < count; i++) {
            places.put(backends.get(i).id(), i);
            factors[i] = backends.get(i).loadFactor().percent();
            free.add(new ArrayList<>());
        }
        double[] staying = new double[count];
        for (GroupLoad group : facts.groups()) {
            Integer place = places.get(group.place());
            if (place != null) {
                load[place] += group.load();
                if (group.isFree() && !group.isResting(facts.now(), rules.cooldown())) {
                    free.get(place).add(group);
                } else {
                    staying[place] += group.load();
                }
            }
        }
        free.forEach(groups -> groups.sort(GroupLoad.HEAVIEST_FIRST));
        double all = coming;
        for (double one : load) {
            all += one;
        }
        Shares shares = settle(all, factors, staying, rules.band());
        target = shares.targets;
        floor = shares.floor;
        for (int i = 0; i < count; i++) {
            low[i] = target[i] * (1 - rules.band());
            high[i] = target[i] * (1 + rules.band());
        }
        Comparator<Integer> byRoom =
                Comparator.<Integer>comparingDouble(i -> -room(i)).thenComparing(Comparator.naturalOrder());
        needy = new TreeSet<>(byRoom);
        content = new TreeSet<>(byRoom);
        for (int i = 0; i < count; i++) {
            file(i);
        }
    }

    /** A group that is heavier than any backend may be gains nothing by a move, so it stays too. */
    private Shares settle(double all, double[] factors, double[] staying, double band) {
        while (true) {
            Shares shares = Shares.of(all, factors, staying, band);
            double most = shares.mostOpen * (1 + band);
            boolean settled = true;
            for (int i = 0; i < factors.length; i++) {
                List<GroupLoad> groups = free.get(i);
                while (!groups.isEmpty() && groups.get(0).load() > most) {
                    GroupLoad heavy = groups.remove(0);
                    staying[i] += heavy.load();
                    notes.add("group " + heavy.group().id().name() + " on "
                            + backends.get(i).host() + " is heavier than any backend's share; splitting it would help");
                    settled = false;
                }
            }
            if (settled) {
                return shares;
            }
        }
    }

    private void file(int backend) {
        (load[backend] < low[backend] ? needy : content).add(backend);
    }

    double room(int backend) {
        return high[backend] - load[backend];
    }

    /** Load over target, 1 if both are 0. */
    double level(int backend) {
        return target[backend] > 0 ? load[backend] / target[backend] : load[backend] > 0 ? Double.MAX_VALUE : 1;
    }

    /** The largest room anywhere. */
    double mostRoom() {
        double most = content.isEmpty() ? 0 : room(content.first());
        return needy.isEmpty() ? most : Math.max(most, room(needy.first()));
    }

    /** Who lacks most, if anybody is below its band. */
    OptionalInt neediest() {
        return needy.isEmpty() ? OptionalInt.empty() : OptionalInt.of(needy.first());
    }

    /** Where there is room for it: with one who is below its band, if possible. */
    OptionalInt roomFor(double weight) {
        if (!needy.isEmpty() && room(needy.first()) >= weight) {
            return OptionalInt.of(needy.first());
        }
        return !content.isEmpty() && room(content.first()) >= weight
                ? OptionalInt.of(content.first())
                : OptionalInt.empty();
    }

    /** The backend with the largest room, whether that is enough or not. */
    int roomiest() {
        return needy.isEmpty() || (!content.isEmpty() && room(content.first()) > room(needy.first()))
                ? content.first()
                : needy.first();
    }

    /** Those with most room, at most so many. */
    List<Integer> roomiest(int most) {
        List<Integer> some = new ArrayList<>();
        needy.stream().limit(most).forEach(some::add);
        content.stream().limit(most - some.size()).forEach(some::add);
        return some;
    }

    void move(Piece piece, int to) {
        String reason = backends.get(piece.from()).host() + " carries " + percent(piece.from()) + " % of its share, "
                + backends.get(to).host() + " " + percent(to) + " %";
        moves.add(new BalanceMove(
                piece.group().group(), backends.get(piece.from()), backends.get(to), piece.load(), reason));
        change(piece.from(), -piece.load());
        free.get(piece.from()).remove(piece.group());
        change(to, piece.load());
    }

    /** A group comes from a backend that is to be emptied. */
    void receive(GroupLoad group, Backend from) {
        int to = roomiest();
        moves.add(new BalanceMove(
                group.group(),
                from,
                backends.get(to),
                group.load(),
                from.host() + " is drained (load factor 0), " + backends.get(to).host() + " has most room"));
        change(to, group.load());
    }

    private void change(int backend, double weight) {
        needy.remove(backend);
        content.remove(backend);
        load[backend] += weight;
        file(backend);
    }

    private long percent(int backend) {
        return Math.round(100 * level(backend));
    }

    List<BalanceMove> moves() {
        return moves;
    }

    /** Highest load over mean, relative to load factors, whatever must stay. */
    double peak() {
        double all = 0;
        double factors = 0;
        for (int i = 0; i < load.length; i++) {
            all += load[i];
            factors += backends.get(i).loadFactor().percent();
        }
        double peak = 1;
        for (int i = 0; i < load.length && all > 0; i++) {
            peak = Math.max(
                    peak,
                    load[i] * factors / (all * backends.get(i).loadFactor().percent()));
        }
        return peak;
    }

    /** Between the highest and the lowest level. */
    double spread() {
        double most = 1;
        double least = 1;
        for (int i = 0; i < load.length; i++) {
            most = Math.max(most, level(i));
            least = Math.min(least, level(i));
        }
        return most - least;
    }
}
