package org.pombal.model.groupsize;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;

/**
 * How a site comes to more or fewer groups while it is in service. A user's row says which group is theirs, so a new count moves
 * nobody by itself: it only says where new users go.
 *
 * <p>More: each new group is made on the backend of the group it takes users from, always the one that has most after all it has given. So nobody changes
 * backends. Order: make the groups, write the count, move users in passes.
 *
 * <p>Fewer: users of the last groups go to the smallest groups of the same backend, or of any where that has none. Order: write the
 * count, so that nobody new comes to them; move users in passes; retire each group when it is empty.
 *
 * @param made new groups, and the backend each is made on
 * @param retired groups that end
 * @param transfers who goes where
 * @param objections why it cannot be done as it stands; empty if it can
 */
public record Regrouping(
        int from,
        int to,
        Map<GroupId, BackendId> made,
        List<GroupId> retired,
        List<UserTransfer> transfers,
        List<String> objections) {

    /** A group that ends is spread in at most so many parts. */
    private static final int PARTS = 16;

    public Regrouping {
        made = Map.copyOf(made);
        retired = List.copyOf(retired);
        transfers = List.copyOf(transfers);
        objections = List.copyOf(objections);
    }

    /**
     * Plans it.
     *
     * @param groups all of the site that exist; groups that were not made by themselves ({@code default-N}) are left as they are
     * @param from how many the site has now
     * @param to how many it is to have
     * @throws IllegalArgumentException if a count is below 1, or both are the same
     */
    public static Regrouping of(SiteId site, Collection<GroupSize> groups, int from, int to) {
        if (from < 1 || to < 1 || from == to) {
            throw new IllegalArgumentException("a site cannot go from " + from + " groups to " + to);
        }
        Map<GroupId, GroupSize> known = new HashMap<>();
        groups.forEach(group -> known.put(group.group().id(), group));
        return to > from ? more(site, known, from, to) : fewer(site, known, from, to);
    }

    public long users() {
        return transfers.stream().mapToLong(UserTransfer::users).sum();
    }

    private static List<GroupSize> numbered(SiteId site, Map<GroupId, GroupSize> known, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> known.get(GroupId.numbered(site, number)))
                .filter(group -> group != null)
                .toList();
    }

    /** A group that gives users to new ones. */
    private static final class Parent {
        private final GroupSize size;
        private final List<GroupId> children = new ArrayList<>();

        Parent(GroupSize size) {
            this.size = size;
        }

        double part() {
            return size.users() / (children.size() + 1.0);
        }
    }

    private static Regrouping more(SiteId site, Map<GroupId, GroupSize> known, int from, int to) {
        List<Parent> parents = numbered(site, known, 1, from).stream()
                .filter(GroupSize::isOpen)
                .map(Parent::new)
                .toList();
        if (parents.isEmpty()) {
            return new Regrouping(
                    from,
                    to,
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of("every group is sticky-users, moving, or not made yet"));
        }
        PriorityQueue<Parent> queue = new PriorityQueue<>(comparingDouble((Parent parent) -> -parent.part())
                .thenComparing(parent -> parent.size.group().id().name()));
        queue.addAll(parents);
        Map<GroupId, BackendId> made = new HashMap<>();
        for (int number = from + 1; number <= to; number++) {
            GroupId child = GroupId.numbered(site, number);
            Parent parent = queue.remove();
            parent.children.add(child);
            queue.add(parent);
            made.put(child, parent.size.group().backend());
        }
        List<UserTransfer> transfers = new ArrayList<>();
        for (Parent parent : parents) {
            long each = (long) parent.part();
            if (each > 0) {
                parent.children.forEach(child ->
                        transfers.add(new UserTransfer(parent.size.group().id(), child, each)));
            }
        }
        return new Regrouping(from, to, made, List.of(), transfers, List.of());
    }

    /** A group that takes users of those that end. */
    private static final class Taker {
        private final GroupSize size;
        private long users;

        Taker(GroupSize size) {
            this.size = size;
            this.users = size.users();
        }
    }

    private static Regrouping fewer(SiteId site, Map<GroupId, GroupSize> known, int from, int to) {
        List<GroupSize> ending = numbered(site, known, to + 1, from);
        List<String> objections = new ArrayList<>();
        ending.stream()
                .filter(group -> !group.isOpen())
                .forEach(group -> objections.add("group " + group.group().id().name() + " ends, and is "
                        + (group.group().isMoving() ? "moving" : "sticky-users")));
        List<Taker> anywhere = numbered(site, known, 1, to).stream()
                .filter(GroupSize::isOpen)
                .map(Taker::new)
                .toList();
        Map<BackendId, List<Taker>> beside =
                anywhere.stream().collect(groupingBy(taker -> taker.size.group().backend()));
        if (anywhere.isEmpty() && ending.stream().anyMatch(group -> group.users() > 0)) {
            objections.add("no group that stays can take users");
        }
        if (!objections.isEmpty()) {
            return new Regrouping(from, to, Map.of(), List.of(), List.of(), objections);
        }
        List<UserTransfer> transfers = new ArrayList<>();
        for (GroupSize group : ending) {
            spread(group, beside.getOrDefault(group.group().backend(), anywhere))
                    .forEach((taker, users) ->
                            transfers.add(new UserTransfer(group.group().id(), taker, users)));
        }
        return new Regrouping(
                from,
                to,
                Map.of(),
                ending.stream().map(group -> group.group().id()).toList(),
                transfers,
                List.of());
    }

    private static Map<GroupId, Long> spread(GroupSize group, List<Taker> takers) {
        Map<GroupId, Long> given = new LinkedHashMap<>();
        long part = Math.max(1, (group.users() + PARTS - 1) / PARTS);
        for (long left = group.users(); left > 0; left -= part) {
            long users = Math.min(part, left);
            Taker taker = takers.stream().min(comparingLong(one -> one.users)).orElseThrow();
            taker.users += users;
            given.merge(taker.size.group().id(), users, Long::sum);
        }
        return given;
    }
}
