package org.pombal.model.mitigation;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;

/**
 * Recognises groups whose users break each backend they come to, so that they do not walk through the site.
 *
 * <p>An example, with three backends as evidence: b1 breaks with its hundred groups. They go to nine others. Twelve minutes later b4 breaks, which
 * has eleven of these; they are spread again, and one of them, default-17, is on b7 when that breaks. Of all groups only default-17 was on b1,
 * b4 and b7, so it is held: it is not placed on a fourth backend before an operator has looked, or {@code holdFor} is over. Two backends as evidence would have
 * named eleven groups, most of them innocent.
 *
 * <p>When many groups were on all of the broken backends, these have another cause, and nobody is named.
 */
public final class GroupOfDeath {

    /**
     * When a group is suspected.
     *
     * @param backends different ones that must have broken under it, 2 to 10
     * @param within how soon after its arrival, but on the first, 1 min to 1 day
     * @param mostGroups if more groups fit, none is named, 1 to 100
     * @param holdFor how long a group is held after the last breakage, 1 min to 30 days
     */
    public record Rules(int backends, Duration within, int mostGroups, Duration holdFor) {

        public static final Rules DEFAULTS = new Rules(3, Duration.ofMinutes(30), 3, Duration.ofHours(4));

        public Rules {
            requireNonNull(within, "within is null");
            requireNonNull(holdFor, "holdFor is null");
            check("backends", backends, 2, 10);
            check("within", within, Duration.ofMinutes(1), Duration.ofDays(1));
            check("mostGroups", mostGroups, 1, 100);
            check("holdFor", holdFor, Duration.ofMinutes(1), Duration.ofDays(30));
        }
    }

    private GroupOfDeath() {}

    /**
     * Which groups are held now.
     *
     * @param breakages of the last days, in any order
     */
    public static Set<GroupId> held(List<Breakage> breakages, Instant now, Rules rules) {
        List<Breakage> recent = breakages.stream()
                .filter(one ->
                        !one.at().isAfter(now) && one.at().plus(rules.holdFor()).isAfter(now))
                .sorted(comparing(Breakage::at))
                .toList();
        Set<GroupId> all = new HashSet<>();
        recent.forEach(one -> all.addAll(one.groups().keySet()));
        Set<GroupId> named = new TreeSet<>(comparing(GroupId::name).thenComparing(GroupId::site));
        for (GroupId group : all) {
            if (broke(group, recent, rules) >= rules.backends()) {
                named.add(group);
            }
        }
        return named.size() > rules.mostGroups() ? Set.of() : named;
    }

    /** How many different backends in a row broke under the group, each soon after it came. */
    private static int broke(GroupId group, List<Breakage> recent, Rules rules) {
        Set<BackendId> backends = new HashSet<>();
        int most = 0;
        for (Breakage one : recent) {
            Instant since = one.groups().get(group);
            if (since != null) {
                if (Duration.between(since, one.at()).compareTo(rules.within()) > 0) {
                    // It lived here for a while: at most the first of a new walk.
                    backends.clear();
                }
                backends.add(one.backend());
                most = Math.max(most, backends.size());
            }
        }
        return most;
    }
}
