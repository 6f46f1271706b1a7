package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.pombal.model.statistics.DestinationStatistics;

/**
 * What is known when destinations are judged.
 *
 * @param targets all backends of a site, or all other sites; they are each other's peers
 * @param rows what proxies experienced, with rows of other destinations too
 * @param observer whose opinion a row is part of
 */
public record MitigationFacts(
        Instant now,
        List<Target> targets,
        List<DestinationStatistics> rows,
        Function<DestinationStatistics, String> observer) {

    public MitigationFacts {
        requireNonNull(now, "now is null");
        targets = List.copyOf(targets);
        rows = List.copyOf(rows);
        requireNonNull(observer, "observer is null");
    }

    /** Backends of a site: each proxy is an observer. */
    public static MitigationFacts ofBackends(Instant now, List<Target> targets, List<DestinationStatistics> rows) {
        return new MitigationFacts(now, targets, rows, row -> row.proxy().value());
    }

    /** Sites: the proxies of a site are one observer together, for they share its network. */
    public static MitigationFacts ofSites(Instant now, List<Target> targets, List<DestinationStatistics> rows) {
        return new MitigationFacts(now, targets, rows, row -> row.site().toString());
    }
}
