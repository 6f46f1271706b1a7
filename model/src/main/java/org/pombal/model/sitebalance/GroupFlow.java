package org.pombal.model.sitebalance;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.pombal.model.group.GroupId;
import org.pombal.model.groupsize.GroupSize;
import org.pombal.model.groupsize.UserTransfer;

/**
 * Which groups of one site give the users that go to another, and which take them: the largest to the smallest, a part of them at a time, so that groups
 * become no more unequal.
 *
 * @param left the site that gives, without these users
 */
record GroupFlow(List<UserTransfer> transfers, SiteUsers left) {

    /** So many steps at most, however many users there are. */
    private static final long PARTS = 10_000;

    private record Pair(GroupId from, GroupId to) {}

    /** @param sticky whether users of groups with sticky users go, too */
    static GroupFlow of(SiteUsers from, SiteUsers to, long users, boolean sticky) {
        Predicate<GroupSize> gives = group -> sticky ? !group.group().isMoving() : group.isOpen();
        Map<GroupId, Long> has = new HashMap<>();
        from.groups().forEach(group -> has.put(group.group().id(), group.users()));
        to.groups().forEach(group -> has.put(group.group().id(), group.users()));
        Comparator<GroupId> bySize = comparingLong(group -> has.getOrDefault(group, 0L));
        PriorityQueue<GroupId> large = new PriorityQueue<>(bySize.reversed().thenComparing(comparing(GroupId::name)));
        PriorityQueue<GroupId> small = new PriorityQueue<>(bySize.thenComparing(comparing(GroupId::name)));
        from.groups().stream()
                .filter(gives)
                .filter(group -> group.users() > 0)
                .map(group -> group.group().id())
                .forEach(large::add);
        to.groups().stream()
                .filter(GroupSize::isOpen)
                .map(group -> group.group().id())
                .forEach(small::add);
        Map<Pair, Long> moves = new LinkedHashMap<>();
        long part = Math.max(1, users / PARTS);
        long wanted = users;
        while (wanted > 0 && !large.isEmpty() && !small.isEmpty()) {
            GroupId giver = large.remove();
            GroupId taker = small.remove();
            long some = Math.min(Math.min(part, wanted), has.getOrDefault(giver, 0L));
            has.merge(giver, -some, Long::sum);
            has.merge(taker, some, Long::sum);
            moves.merge(new Pair(giver, taker), some, Long::sum);
            wanted -= some;
            if (has.getOrDefault(giver, 0L) > 0) {
                large.add(giver);
            }
            small.add(taker);
        }
        List<UserTransfer> transfers = new ArrayList<>();
        moves.forEach((pair, some) -> transfers.add(new UserTransfer(pair.from(), pair.to(), some)));
        return new GroupFlow(
                transfers,
                new SiteUsers(
                        from.site(),
                        from.capacity(),
                        from.groups().stream()
                                .map(group -> new GroupSize(
                                        group.group(),
                                        has.getOrDefault(group.group().id(), 0L)))
                                .toList()));
    }

    long users() {
        return transfers.stream().mapToLong(UserTransfer::users).sum();
    }
}
