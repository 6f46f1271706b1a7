package org.pombal.model.evacuation;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.UserGroup;

/**
 * Where the groups of a backend go that is to be emptied: to the site's other backends that take new groups, so that each
 * ends as near to its share as possible.
 *
 * <p>The share of a backend is its load factor over the sum of the factors, of all groups that the destinations will have
 * together. Group after group goes to the backend that lacks most of its share. Groups only come, so no other choice leaves
 * a smaller greatest excess, and each group moves once.
 *
 * @param moves in the order of the groups' names
 */
public record EvacuationPlan(List<Move> moves) {

    /** @param to where the group goes */
    public record Move(UserGroup group, Backend to) {}

    public EvacuationPlan {
        moves = List.copyOf(moves);
    }

    /** Whether groups of {@code from} can go anywhere. */
    public static boolean hasDestination(BackendId from, Collection<Backend> backends) {
        return backends.stream().anyMatch(backend -> isDestination(from, backend));
    }

    /**
     * Plans the moves of {@code leaving}.
     *
     * @param leaving the groups to move
     * @param backends of the site
     * @param groupsNow how many groups each backend has or is about to get; a backend that is not named has none
     * @throws IllegalArgumentException if there are groups to move and no backend takes them
     */
    public static EvacuationPlan of(
            BackendId from,
            Collection<UserGroup> leaving,
            Collection<Backend> backends,
            Map<BackendId, Integer> groupsNow) {
        List<Backend> destinations = backends.stream()
                .filter(backend -> isDestination(from, backend))
                .sorted(comparing(Backend::id))
                .toList();
        if (destinations.isEmpty() && !leaving.isEmpty()) {
            throw new IllegalArgumentException("no other backend is online with a load factor above 0");
        }
        Map<BackendId, Integer> groups = new HashMap<>();
        destinations.forEach(backend -> groups.put(backend.id(), groupsNow.getOrDefault(backend.id(), 0)));
        double all = groups.values().stream().mapToInt(Integer::intValue).sum() + leaving.size();
        double factors = destinations.stream()
                .mapToInt(backend -> backend.loadFactor().percent())
                .sum();
        Comparator<Backend> byLack = Comparator.comparingDouble(
                backend -> all * backend.loadFactor().percent() / factors - groups.getOrDefault(backend.id(), 0));
        List<Move> moves = new ArrayList<>();
        leaving.stream().sorted(comparing(group -> group.id().name())).forEach(group -> {
            Backend to = destinations.stream().max(byLack).orElseThrow();
            groups.merge(to.id(), 1, Integer::sum);
            moves.add(new Move(group, to));
        });
        return new EvacuationPlan(moves);
    }

    private static boolean isDestination(BackendId from, Backend backend) {
        return backend.takesNewGroups() && !backend.id().equals(from);
    }
}
