package org.pombal.model.mitigation;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * @param backends different ones that must have broken with it, 2 to 10
     * @param within how soon each but the first after the one before, 1 min to 1 day
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

        /** How far back breakages matter. */
        public Duration memory() {
            return holdFor.plus(within.multipliedBy(backends));
        }
    }

    /**
     * A group that is to stay where it is.
     *
     * @param backends that broke with it, in that order
     * @param last when the last of them did
     * @param until when it is let go
     */
    public record Suspect(GroupId group, List<BackendId> backends, Instant last, Instant until) {

        public Suspect {
            requireNonNull(group, "group is null");
            backends = List.copyOf(backends);
            requireNonNull(last, "last is null");
            requireNonNull(until, "until is null");
        }
    }

    private GroupOfDeath() {}

    /**
     * Which groups are held now, in the order of their names.
     *
     * @param breakages of the time of {@link Rules#memory}, in any order; older ones may be among them
     * @param released when an operator let groups go: what was before counts no more for these
     */
    public static List<Suspect> held(
            List<Breakage> breakages, Map<GroupId, Instant> released, Instant now, Rules rules) {
        Map<GroupId, List<Breakage>> byGroup = new HashMap<>();
        breakages.stream()
                .filter(one -> !one.at().isAfter(now))
                .sorted(comparing(Breakage::at))
                .forEach(one -> one.groups().stream()
                        .filter(group -> one.at().isAfter(released.getOrDefault(group, Instant.MIN)))
                        .forEach(group -> byGroup.computeIfAbsent(group, none -> new ArrayList<>())
                                .add(one)));
        List<Suspect> suspects = new ArrayList<>();
        byGroup.forEach((group, its) -> suspect(group, its, rules)
                .filter(one -> one.until().isAfter(now))
                .ifPresent(suspects::add));
        suspects.sort(comparing((Suspect one) -> one.group().name())
                .thenComparing(one -> one.group().site()));
        return suspects.size() > rules.mostGroups() ? List.of() : suspects;
    }

    /** The last of its walks that was long enough, if there was one. */
    private static Optional<Suspect> suspect(GroupId group, List<Breakage> inOrder, Rules rules) {
        Optional<Suspect> found = Optional.empty();
        Set<BackendId> walk = new LinkedHashSet<>();
        Instant before = Instant.MIN;
        for (Breakage one : inOrder) {
            if (before.isBefore(one.at().minus(rules.within()))) {
                // It lived there for a while: at most the first of a new walk.
                walk.clear();
            }
            before = one.at();
            walk.add(one.backend());
            if (walk.size() >= rules.backends()) {
                found = Optional.of(
                        new Suspect(group, List.copyOf(walk), one.at(), one.at().plus(rules.holdFor())));
            }
        }
        return found;
    }
}
