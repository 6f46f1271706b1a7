package org.pombal.simulation.sites;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.pombal.model.forcemove.ForceMoveRules;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.IsolationPolicy;

/** Many schedules of sites with consecutive seeds, on all cores. */
public final class SitesRuns {

    private SitesRuns() {}

    /** The protocol, as it is. */
    public static List<SitesSchedule.Outcome> promised(IsolationPolicy policy, long seed, long count) {
        return LongStream.range(seed, seed + count)
                .parallel()
                .mapToObj(each -> SitesSchedule.run(each, policy, FailoverRules.PROTOCOL, ForceMoveRules.PROTOCOL))
                .toList();
    }

    /** The first schedule in which a mistake shows; empty if it does in none. */
    public static Optional<SitesSchedule.Outcome> caught(SitesVariants.Variant variant, long seed, long within) {
        return LongStream.range(seed, seed + within)
                .parallel()
                .mapToObj(variant::run)
                .filter(outcome -> !outcome.violations().isEmpty())
                .findFirst();
    }
}
