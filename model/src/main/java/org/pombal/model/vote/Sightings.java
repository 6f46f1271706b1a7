package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which nodes should vote, by what they report of themselves. A node is there as long as its report changes; no clock of another machine
 * is looked at. Times are nanoseconds of the boot clock.
 */
public final class Sightings {

    /**
     * @param report what the node reported last
     * @param since when this report was read first
     * @param lives whether it has changed since this process looks
     */
    private record Sight(String report, long since, boolean lives) {}

    private final long patience;
    private final Map<VoterId, Sight> sights = new HashMap<>();
    private long lookingSince;
    private long lastRead = Long.MIN_VALUE;

    /** @param patience how long a node that reports nothing new still counts as there; it is to report some times meanwhile */
    public Sightings(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * The reports were read.
     *
     * @param reports the last report of each node, as text that differs from the one before
     */
    public void read(long now, Map<VoterId, String> reports) {
        boolean wasAway = lastRead == Long.MIN_VALUE || now - lastRead > patience / 2;
        lastRead = now;
        if (wasAway) {
            // Nobody was seen because nobody looked.
            lookingSince = now;
        }
        sights.keySet().retainAll(reports.keySet());
        reports.forEach((voter, report) -> sights.merge(
                voter,
                new Sight(requireNonNull(report, "report is null"), now, false),
                (known, fresh) -> known.report().equals(report) ? known : new Sight(report, now, true)));
    }

    /**
     * Those who should vote: nodes that live, and those of {@code standing} of whom it is not known for long enough that they do not.
     *
     * @param standing who votes now
     */
    public NavigableSet<VoterId> wanted(long now, Set<VoterId> standing) {
        NavigableSet<VoterId> wanted = new TreeSet<>();
        sights.forEach((voter, sight) -> {
            if (sight.lives() && now - since(sight) <= patience) {
                wanted.add(voter);
            }
        });
        standing.stream()
                .filter(voter -> {
                    Sight sight = sights.get(voter);
                    return now - (sight == null ? lookingSince : since(sight)) <= patience;
                })
                .forEach(wanted::add);
        return wanted;
    }

    /**
     * Whether each node that has a report has been seen to live, or was watched in vain for {@code grace}. Before that an electorate should
     * not begin: of those seen first, one could die, and the others would be no majority to let the rest in.
     */
    public boolean settled(long now, Duration grace) {
        return lastRead != Long.MIN_VALUE
                && sights.values().stream().allMatch(sight -> sight.lives() || now - since(sight) >= grace.toNanos());
    }

    private long since(Sight sight) {
        return Math.max(sight.since(), lookingSince);
    }
}
