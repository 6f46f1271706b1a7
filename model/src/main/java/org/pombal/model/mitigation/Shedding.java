package org.pombal.model.mitigation;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.balance.BalanceMove;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.group.GroupId;
import org.pombal.model.statistics.ProxyDestination;

/** Which group leaves a degraded backend, and where it goes: the heaviest one, to the healthy backend with the least load for its factor. */
public final class Shedding {

    private Shedding() {}

    /**
     * Chooses one move.
     *
     * @param failing backends that take nothing, for they are broken or degraded themselves
     * @param held groups that are not moved at all
     * @return empty if no group may go, or there is nowhere to go
     */
    public static Optional<BalanceMove> from(
            Backend degraded,
            List<Backend> backends,
            List<GroupLoad> groups,
            Set<BackendId> failing,
            Set<GroupId> held,
            String reason) {
        Map<BackendId, Double> loads = groups.stream()
                .collect(Collectors.groupingBy(GroupLoad::place, Collectors.summingDouble(GroupLoad::load)));
        Optional<Backend> to = backends.stream()
                .filter(backend -> backend.takesNewGroups()
                        && !backend.id().equals(degraded.id())
                        && !failing.contains(backend.id()))
                .min(comparingDouble((Backend backend) -> loads.getOrDefault(backend.id(), 0.0)
                                / backend.loadFactor().percent())
                        .thenComparing(Backend::id));
        return to.flatMap(there -> groups.stream()
                .filter(group -> group.group().backend().equals(degraded.id())
                        && group.isFree()
                        && !held.contains(group.group().id()))
                .max(comparingDouble(GroupLoad::load)
                        .thenComparing(group -> group.group().id().name()))
                .map(group -> new BalanceMove(
                        group.group(), degraded, there, group.load(), degraded.host() + " is degraded: " + reason)));
    }

    /** The backends that decision's judgements call broken or degraded. */
    public static Set<BackendId> failing(List<Backend> backends, List<Judgement> judgements) {
        Set<ProxyDestination> names = judgements.stream()
                .filter(one -> one.condition().isFailing())
                .map(one -> one.target().destination())
                .collect(Collectors.toSet());
        return backends.stream()
                .filter(backend -> names.contains(Target.of(backend).destination()))
                .map(Backend::id)
                .collect(Collectors.toSet());
    }
}
