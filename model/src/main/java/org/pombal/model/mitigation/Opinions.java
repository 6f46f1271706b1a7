package org.pombal.model.mitigation;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/**
 * All opinions of a moment, without those of observers that are themselves at fault.
 *
 * @param of each destination that somebody has an opinion on
 * @param observers who has rows at all, of whatever age
 * @param suspects who sees so much broken that the fault is with it
 * @param stale how many rows were left out because they are old, or from the future
 */
record Opinions(Map<ProxyDestination, List<Opinion>> of, Set<String> observers, Set<String> suspects, int stale) {

    static Opinions of(MitigationFacts facts, MitigationRules rules) {
        Map<String, Map<ProxyDestination, Map<Traffic, Counts>>> counted = new TreeMap<>();
        Set<String> observers = new TreeSet<>();
        Set<ProxyDestination> known =
                facts.targets().stream().map(Target::destination).collect(toSet());
        int stale = 0;
        for (DestinationStatistics row : facts.rows()) {
            if (known.contains(row.destination())) {
                String observer = facts.observer().apply(row);
                observers.add(observer);
                if (isFresh(row, facts, rules)) {
                    counted.computeIfAbsent(observer, o -> new HashMap<>())
                            .computeIfAbsent(row.destination(), d -> new EnumMap<>(Traffic.class))
                            .merge(row.traffic(), row.counts(), Counts::plus);
                } else {
                    stale++;
                }
            }
        }
        Set<ProxyDestination> online = facts.targets().stream()
                .filter(target -> target.state() == Target.State.ONLINE)
                .map(Target::destination)
                .collect(toSet());
        Set<String> suspects = new TreeSet<>();
        Map<ProxyDestination, List<Opinion>> all = new LinkedHashMap<>();
        counted.forEach((observer, destinations) -> {
            Map<ProxyDestination, Opinion> own = new HashMap<>();
            destinations.forEach((destination, counts) ->
                    Opinion.of(observer, counts, rules).ifPresent(opinion -> own.put(destination, opinion)));
            if (isSuspect(own, online, rules)) {
                suspects.add(observer);
            } else {
                own.forEach((destination, opinion) ->
                        all.computeIfAbsent(destination, d -> new ArrayList<>()).add(opinion));
            }
        });
        return new Opinions(all, observers, suspects, stale);
    }

    private static boolean isFresh(DestinationStatistics row, MitigationFacts facts, MitigationRules rules) {
        Duration age = Duration.between(row.until(), facts.now());
        return row.from().isBefore(row.until())
                && age.compareTo(rules.staleAfter()) <= 0
                && age.plus(rules.clockSlack()).compareTo(Duration.ZERO) >= 0;
    }

    /** With one destination only, nobody can tell which of the two is at fault. */
    private static boolean isSuspect(
            Map<ProxyDestination, Opinion> own, Set<ProxyDestination> online, MitigationRules rules) {
        Collection<Opinion> judged = own.entrySet().stream()
                .filter(entry -> online.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        long broken = judged.stream()
                .filter(opinion -> opinion.best() >= rules.broken().enter())
                .count();
        return judged.size() > 1 && broken > rules.suspectShare() * judged.size();
    }
}
