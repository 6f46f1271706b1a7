package org.pombal.model.reachability;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pombal.model.site.SiteId;

/**
 * Which site reaches which: directed, for a link may work one way only. A site's word is that of most of its proxies that have said
 * something lately; with as many for as against it, it is said to reach the other.
 */
public final class ReachabilityMatrix {

    /** What a site says about its way to another. */
    public enum Word {
        /** None of its proxies has said anything lately. */
        NOTHING,
        REACHES,
        DOES_NOT_REACH
    }

    /**
     * The way from one site to another.
     *
     * @param reaching how many proxies say that they reach it
     * @param failing how many say that they do not
     * @param lasts for how long the word has stood: the shortest of those who say it
     * @param age how long ago the youngest word came
     * @param why one of the reasons that were given
     */
    public record Way(
            SiteId source,
            SiteId destination,
            Word word,
            int reaching,
            int failing,
            Duration lasts,
            Duration age,
            Optional<String> why) {}

    /** What the sites together say about one of them. */
    public record Verdict(Set<SiteId> reachedBy, Set<SiteId> lostFor, Set<SiteId> silent) {

        /**
         * Whether more than half of all sites, the one in question among them, have lost it: so two groups of sites that are cut off
         * from each other never both find the other lost. With two sites this is never so.
         */
        public boolean isLostForAMajority() {
            int all = reachedBy.size() + lostFor.size() + silent.size() + 1;
            return 2 * lostFor.size() > all;
        }
    }

    private record Pair(SiteId source, SiteId destination) {}

    private final Map<Pair, Way> ways =
            new TreeMap<>(Comparator.comparing(Pair::source).thenComparing(Pair::destination));

    public ReachabilityMatrix(Collection<SiteSight> sights) {
        sights.stream()
                .collect(groupingBy(sight -> new Pair(sight.source(), sight.destination())))
                .forEach((pair, all) -> ways.put(pair, way(pair, all)));
    }

    private static Way way(Pair pair, List<SiteSight> all) {
        Duration age =
                all.stream().map(SiteSight::age).min(Comparator.naturalOrder()).orElse(Duration.ZERO);
        List<SiteSight> fresh = all.stream().filter(sight -> !sight.isStale()).toList();
        List<SiteSight> reaching = fresh.stream().filter(SiteSight::reachable).toList();
        int failing = fresh.size() - reaching.size();
        Word word = fresh.isEmpty() ? Word.NOTHING : failing > reaching.size() ? Word.DOES_NOT_REACH : Word.REACHES;
        Duration lasts = fresh.stream()
                .filter(sight -> sight.reachable() == (word == Word.REACHES))
                .map(sight -> sight.lasts().plus(sight.age()))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Optional<String> why =
                fresh.stream().flatMap(sight -> sight.why().stream()).findFirst();
        return new Way(pair.source(), pair.destination(), word, reaching.size(), failing, lasts, age, why);
    }

    /** All ways that something was ever said about, by source and destination. */
    public List<Way> ways() {
        return List.copyOf(ways.values());
    }

    /** The way from one site to another; empty if nothing was ever said about it. */
    public Optional<Way> way(SiteId source, SiteId destination) {
        return Optional.ofNullable(ways.get(new Pair(source, destination)));
    }

    /** What one site says about another. */
    public Word word(SiteId source, SiteId destination) {
        return way(source, destination).map(Way::word).orElse(Word.NOTHING);
    }

    /**
     * What the sites say about one of them.
     *
     * @param sites those whose word counts; that of the site itself does not
     */
    public Verdict verdict(SiteId about, Collection<SiteId> sites) {
        Set<SiteId> reachedBy = new TreeSet<>();
        Set<SiteId> lostFor = new TreeSet<>();
        Set<SiteId> silent = new TreeSet<>();
        for (SiteId site : sites) {
            if (!site.equals(about)) {
                switch (word(site, about)) {
                    case REACHES -> reachedBy.add(site);
                    case DOES_NOT_REACH -> lostFor.add(site);
                    case NOTHING -> silent.add(site);
                }
            }
        }
        return new Verdict(reachedBy, lostFor, silent);
    }
}
