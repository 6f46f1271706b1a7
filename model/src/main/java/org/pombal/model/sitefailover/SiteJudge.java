package org.pombal.model.sitefailover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.ReachabilityMatrix.Verdict;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/**
 * Decides, in one site, about the failovers of the others: declares, withdraws, lets begin and ends them. Each site has one; what two of them
 * decide at once the compare-and-set of the row settles. Waiting is done by the judge's own clock, from the moment at which it knew what it
 * waits upon, so that no two clocks are compared. Not for use by several threads.
 */
public final class SiteJudge {

    /** A site that fails again within this time after its failover began has relapsed. */
    public static final Duration RELAPSE = Duration.ofDays(1);

    /** What GeoDB has shown, while the facts were gathered, of whether failovers can be decided at all. */
    public enum Majority {
        /** It was not asked. */
        NOT_ASKED,
        /** It answered at the serial level. */
        ANSWERED,
        /** It did not, or said that it has none. */
        NONE
    }

    /**
     * What is known at a moment.
     *
     * @param begunAt when the first of it was asked for, in nanoseconds of a clock that never goes back
     * @param now by the same clock
     * @param majority to be asked for while {@link SiteJudge#asksForMajority}
     * @param own the judge's site
     * @param sites all there are
     * @param rows by site; a site without one never failed over
     * @param capacities of sites, see {@link AwayPlacement#shares}
     * @param automatic whether failovers are to be declared, and ended, without an operator
     * @param home whether all whom the failover took away are home again, by site
     */
    public record Facts(
            long begunAt,
            long now,
            Majority majority,
            SiteId own,
            Collection<Site> sites,
            Map<SiteId, SiteFailover> rows,
            ReachabilityMatrix matrix,
            Map<SiteId, Integer> capacities,
            boolean automatic,
            Set<SiteId> home,
            int rate) {

        SiteFailover row(SiteId site) {
            return rows.getOrDefault(site, SiteFailover.never(site));
        }
    }

    /**
     * A row to be written.
     *
     * @param reason why, for people
     * @param until when it may be written at the latest, by the clock of the facts: what was seen is too old then
     */
    public record Decision(SiteFailover next, String reason, long until) {
        public Decision {
            requireNonNull(next, "next is null");
            requireNonNull(reason, "reason is null");
        }
    }

    private static final class Memory {
        private OptionalLong lostSince = OptionalLong.empty();
        private OptionalLong reachedSince = OptionalLong.empty();
        private long version = -1;
        private long versionSince;
        private OptionalLong activeSince = OptionalLong.empty();
    }

    private final FailoverTimings timings;
    private final FailoverRules rules;
    private final JudgeSight sight;
    private final Map<SiteId, Memory> memories = new HashMap<>();

    public SiteJudge(FailoverTimings timings, FailoverRules rules) {
        this.timings = requireNonNull(timings, "timings is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.sight = new JudgeSight(timings, rules);
    }

    /**
     * Whether GeoDB is to be asked for its majority when facts are gathered next: some site seems to be lost, or the judge was blind lately. As
     * long as all is well, nothing is asked of other data centres.
     */
    public boolean asksForMajority() {
        return sight.isBlind() || memories.values().stream().anyMatch(memory -> memory.lostSince.isPresent());
    }

    /** What is to be done now. A site whose users are taken over decides nothing. */
    public List<Decision> judge(Facts facts) {
        sight.looked(facts.begunAt(), facts.now(), facts.majority());
        List<Decision> decisions = new ArrayList<>();
        for (Site site : facts.sites()) {
            if (!site.id().equals(facts.own())) {
                Memory memory = memories.computeIfAbsent(site.id(), id -> new Memory());
                remember(facts, site, memory);
                FailoverPhase own = facts.row(facts.own()).phase();
                if (facts.row(facts.own()).letsSiteServe()) {
                    decide(facts, site, memory).ifPresent(decisions::add);
                } else if (own == FailoverPhase.DECLARED) {
                    giveIn(facts, site, memory).ifPresent(decisions::add);
                }
            }
        }
        return facts.majority() == Majority.NONE ? List.of() : decisions;
    }

    /**
     * A site whose own failover is declared may still find that another is there. Of two that declare each other, because the link between
     * them is cut, the later one by its id gives in, or both would stop.
     */
    private Optional<Decision> giveIn(Facts facts, Site site, Memory memory) {
        SiteFailover row = facts.row(site.id());
        if (row.phase() != FailoverPhase.DECLARED || row.byOperator()) {
            return Optional.empty();
        }
        return facts.sites().size() == 2 && facts.own().compareTo(site.id()) > 0
                ? decision(
                        facts,
                        FailoverSteps.withdrawn(row),
                        "site " + site.name() + " declared this one's failover, too")
                : withdraw(facts, site, row, memory);
    }

    /** What is waited for begins when the facts were all there, and ends, below, when the first of them was asked for. */
    private void remember(Facts facts, Site site, Memory memory) {
        Verdict verdict = verdict(facts, site);
        boolean lost = rules.isLost(verdict);
        memory.lostSince = since(lost && rules.countsLosses(sight.isBlind()), memory.lostSince, facts.now());
        memory.reachedSince = since(!lost && !verdict.reachedBy().isEmpty(), memory.reachedSince, facts.now());
        SiteFailover row = facts.row(site.id());
        if (row.version() != memory.version) {
            // A row is waited upon from when it was known, not from when it was written.
            memory.version = row.version();
            memory.versionSince = facts.now();
            if (row.letsOthersTake()) {
                memory.activeSince = OptionalLong.of(facts.now());
            }
        }
    }

    private static OptionalLong since(boolean holds, OptionalLong before, long now) {
        return !holds ? OptionalLong.empty() : before.isPresent() ? before : OptionalLong.of(now);
    }

    private static Verdict verdict(Facts facts, Site site) {
        return facts.matrix()
                .verdict(site.id(), facts.sites().stream().map(Site::id).toList());
    }

    private Optional<Decision> decide(Facts facts, Site site, Memory memory) {
        SiteFailover row = facts.row(site.id());
        return switch (row.phase()) {
            case NONE -> declare(facts, site, row, memory);
            case DECLARED -> {
                Optional<Decision> withdrawal = withdraw(facts, site, row, memory);
                yield withdrawal.isPresent() ? withdrawal : activate(facts, site, row, memory);
            }
            case ACTIVE -> recover(facts, site, row, memory);
            case RECOVERING -> {
                Optional<Decision> again = declare(facts, site, row, memory);
                yield again.isPresent() ? again : end(facts, site, row);
            }
        };
    }

    private Optional<Decision> declare(Facts facts, Site site, SiteFailover row, Memory memory) {
        if (!facts.automatic()
                || facts.majority() != Majority.ANSWERED
                || !hasBeenLost(facts, memory)
                || shares(facts, site).isEmpty()) {
            return Optional.empty();
        }
        boolean soon =
                memory.activeSince.isPresent() && facts.begunAt() - memory.activeSince.getAsLong() < RELAPSE.toNanos();
        return decision(
                facts,
                FailoverSteps.declared(row, false, soon, facts.rate()),
                "sites " + names(facts, verdict(facts, site).lostFor()) + " have not reached site " + site.name()
                        + " for " + timings.declareAfter().toSeconds() + " s");
    }

    private Optional<Decision> withdraw(Facts facts, Site site, SiteFailover row, Memory memory) {
        return row.byOperator()
                        || !lasts(
                                memory.reachedSince,
                                facts.begunAt(),
                                timings.declareAfter().toNanos())
                ? Optional.empty()
                : decision(facts, FailoverSteps.withdrawn(row), "site " + site.name() + " is reached again");
    }

    private Optional<Decision> activate(Facts facts, Site site, SiteFailover row, Memory memory) {
        boolean waited =
                facts.begunAt() - memory.versionSince >= rules.patience(timings).toNanos();
        // It may have been back in between, for too short a time to withdraw.
        boolean isStillLost = facts.majority() == Majority.ANSWERED && hasBeenLost(facts, memory);
        return !waited || !(row.byOperator() || isStillLost)
                ? Optional.empty()
                : decision(
                        facts,
                        FailoverSteps.activated(row, shares(facts, site)),
                        "its failover was declared " + timings.patience().toSeconds() + " s ago, and site "
                                + site.name() + " has not come back");
    }

    private Optional<Decision> recover(Facts facts, Site site, SiteFailover row, Memory memory) {
        long healthy = timings.recoverAfter(row.relapses()).toNanos();
        return row.byOperator() || !facts.automatic() || !lasts(memory.reachedSince, facts.begunAt(), healthy)
                ? Optional.empty()
                : decision(
                        facts,
                        FailoverSteps.recovering(row, facts.rate()),
                        "site " + site.name() + " has been reached for "
                                + timings.recoverAfter(row.relapses()).toSeconds() + " s");
    }

    private Optional<Decision> end(Facts facts, Site site, SiteFailover row) {
        return facts.home().contains(site.id())
                ? decision(facts, FailoverSteps.over(row), "all users of site " + site.name() + " are home")
                : Optional.empty();
    }

    private boolean hasBeenLost(Facts facts, Memory memory) {
        return lasts(memory.lostSince, facts.begunAt(), timings.declareAfter().toNanos());
    }

    private static boolean lasts(OptionalLong since, long now, long nanoseconds) {
        return since.isPresent() && now - since.getAsLong() >= nanoseconds;
    }

    private Optional<Decision> decision(Facts facts, Optional<SiteFailover> next, String reason) {
        long until = facts.begunAt() + timings.longestGap().toNanos();
        return next.map(row -> new Decision(row, reason, until));
    }

    /** The sites that take a site's users. */
    private static SortedMap<SiteId, Integer> shares(Facts facts, Site site) {
        Set<SiteId> unavailable = new TreeSet<>();
        for (Site other : facts.sites()) {
            if (!facts.row(other.id()).letsSiteServe() || isLostToMe(facts, other)) {
                unavailable.add(other.id());
            }
        }
        return AwayPlacement.shares(site, facts.sites(), unavailable, facts.capacities());
    }

    private static boolean isLostToMe(Facts facts, Site other) {
        return !other.id().equals(facts.own())
                && facts.matrix().word(facts.own(), other.id()) == ReachabilityMatrix.Word.DOES_NOT_REACH;
    }

    private static List<String> names(Facts facts, Set<SiteId> ids) {
        return facts.sites().stream()
                .filter(site -> ids.contains(site.id()))
                .map(Site::name)
                .sorted()
                .toList();
    }
}
