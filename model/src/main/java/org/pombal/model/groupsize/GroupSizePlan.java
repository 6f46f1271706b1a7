package org.pombal.model.groupsize;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;

/**
 * Which users change groups so that the groups of each backend are of like size. No user changes backends by it.
 *
 * <p>From the largest group of a backend to its smallest, one user after the other, until they differ by no more than the slack:
 * fewer cannot do it, since each takes one from the top and adds one at the bottom. Backends whose groups differ most come first,
 * until the plan is full.
 *
 * @param transfers in the order in which they are made
 * @param reasons one for each backend whose groups differ too much, for an operator
 */
public record GroupSizePlan(List<UserTransfer> transfers, List<String> reasons) {

    public GroupSizePlan {
        transfers = List.copyOf(transfers);
        reasons = List.copyOf(reasons);
    }

    /** Plans a day. */
    public static GroupSizePlan of(Collection<GroupSize> groups, GroupSizeRules rules) {
        Map<BackendId, List<GroupSize>> byBackend = new TreeMap<>();
        groups.stream().filter(GroupSize::isOpen).sorted(GroupSize.BY_NAME).forEach(group -> byBackend
                .computeIfAbsent(group.group().backend(), backend -> new ArrayList<>())
                .add(group));
        List<Shelf> shelves = byBackend.entrySet().stream()
                .map(entry -> new Shelf(entry.getKey(), entry.getValue()))
                .sorted(comparingDouble((Shelf shelf) -> -shelf.ratio()))
                .toList();
        List<UserTransfer> transfers = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        long left = rules.maxInPlan();
        for (Shelf shelf : shelves) {
            if (shelf.ratio() > rules.slack()) {
                String difference = shelf.difference();
                long moved = shelf.level(rules.slack(), left);
                left -= moved;
                shelf.moves.forEach((pair, users) -> transfers.add(new UserTransfer(pair.from(), pair.to(), users)));
                reasons.add(difference + "; " + moved + " users change groups"
                        + (shelf.ratio() > rules.slack() ? ", more another day" : ""));
            }
        }
        return new GroupSizePlan(transfers, reasons);
    }

    public long users() {
        return transfers.stream().mapToLong(UserTransfer::users).sum();
    }

    private record Pair(GroupId from, GroupId to) {}

    /** The groups of one backend while users are moved between them. */
    private static final class Shelf {

        private final BackendId backend;
        private final Map<GroupId, Long> users = new LinkedHashMap<>();
        private final Map<Pair, Long> moves = new LinkedHashMap<>();
        private final double mean;
        private long largest;
        private long smallest;

        Shelf(BackendId backend, List<GroupSize> groups) {
            this.backend = backend;
            groups.forEach(group -> users.put(group.group().id(), group.users()));
            mean = groups.stream().mapToLong(GroupSize::users).average().orElse(0);
            largest = groups.stream().mapToLong(GroupSize::users).max().orElse(0);
            smallest = groups.stream().mapToLong(GroupSize::users).min().orElse(0);
        }

        /** A difference of one user cannot be made less. */
        double ratio() {
            return largest - smallest <= 1 ? 0 : (largest - smallest) / mean;
        }

        String difference() {
            return "groups of backend " + backend + " have " + smallest + " to " + largest + " users";
        }

        long level(double slack, long most) {
            PriorityQueue<GroupId> large =
                    new PriorityQueue<>(comparingLong(this::has).reversed().thenComparing(GroupId::name));
            PriorityQueue<GroupId> small =
                    new PriorityQueue<>(comparingLong(this::has).thenComparing(GroupId::name));
            large.addAll(users.keySet());
            small.addAll(users.keySet());
            long moved = 0;
            while (ratio() > slack && moved < most) {
                GroupId from = large.remove();
                GroupId to = small.remove();
                // Keys must not change inside a queue.
                small.remove(from);
                large.remove(to);
                users.merge(from, -1L, Long::sum);
                users.merge(to, 1L, Long::sum);
                moves.merge(new Pair(from, to), 1L, Long::sum);
                large.add(from);
                large.add(to);
                small.add(from);
                small.add(to);
                largest = has(large.element());
                smallest = has(small.element());
                moved++;
            }
            return moved;
        }

        private long has(GroupId group) {
            return users.getOrDefault(group, 0L);
        }
    }
}
