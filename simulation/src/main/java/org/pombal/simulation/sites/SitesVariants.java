package org.pombal.simulation.sites;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pombal.model.forcemove.ForceMoveRules;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.HomeClaim;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.sitefailover.SiteFailover;

/** The rules between sites with one mistake each. */
public final class SitesVariants {

    /**
     * One of them.
     *
     * @param within how many schedules are enough to catch it
     */
    public record Variant(
            String name,
            String mistake,
            int within,
            Supplier<FailoverRules> rules,
            Supplier<ForceMoveRules> forceMoveRules) {

        private Variant(String name, String mistake, int within, Supplier<FailoverRules> rules) {
            this(name, mistake, within, rules, () -> ForceMoveRules.PROTOCOL);
        }

        /** One schedule of it. */
        public SitesSchedule.Outcome run(long seed) {
            return SitesSchedule.run(seed, IsolationPolicy.STOP, rules.get(), forceMoveRules.get());
        }
    }

    public static final List<Variant> ALL = List.of(
            new Variant("site-no-wait", "users are taken over as soon as it is declared", 200, NoWait::new),
            new Variant(
                    "site-trust-declared", "a reading that shows the declaration gives trust", 500, TrustDeclared::new),
            new Variant(
                    "site-no-claim",
                    "a site that has recovered serves by rows it has not claimed",
                    2_000,
                    NoClaim::new),
            new Variant(
                    "site-take-claimed",
                    "users are taken over whom their site has claimed since",
                    2_000,
                    TakeClaimed::new),
            new Variant(
                    "site-memory-survives",
                    "what was in memory before a failover counts after it",
                    200,
                    MemorySurvives::new),
            new Variant("site-home-first", "a user's row leads home before the sessions are gone", 200, HomeFirst::new),
            new Variant(
                    "sites-blind-losses-count",
                    "a site counts as lost by what was seen while nothing could be decided",
                    500,
                    BlindLossesCount::new),
            new Variant(
                    "sites-gap-is-seen",
                    "a decider that stood still goes on as if it had looked all the time",
                    3_000,
                    GapIsSeen::new),
            new Variant(
                    "sites-old-decision",
                    "what was decided before a decider stood still is written after",
                    1_000,
                    OldDecision::new),
            new Variant(
                    "force-move-open-door",
                    "the door lets users in whose departure is written",
                    500,
                    () -> FailoverRules.PROTOCOL,
                    OpenDoor::new),
            new Variant(
                    "force-move-no-wait",
                    "logins do not wait until their users' departure is written",
                    500,
                    () -> FailoverRules.PROTOCOL,
                    NoWaitAtTheDoor::new));

    private SitesVariants() {}

    /** The one of that name, if there is one. */
    public static Optional<Variant> named(String name) {
        return ALL.stream().filter(variant -> variant.name().equals(name)).findFirst();
    }

    private static final class NoWait implements FailoverRules {
        @Override
        public Duration patience(FailoverTimings timings) {
            return Duration.ofSeconds(1);
        }
    }

    private static final class TrustDeclared implements FailoverRules {
        @Override
        public boolean givesTrust(SiteFailover row) {
            return !row.letsOthersTake();
        }
    }

    private static final class NoClaim implements FailoverRules {
        @Override
        public HomeClaim claim(User row, SiteId here, long term) {
            return HomeClaim.of(row, here, 0);
        }
    }

    private static final class TakeClaimed implements FailoverRules {
        @Override
        public boolean mayTake(SiteFailover row, User user) {
            return row.letsOthersTake() && user.home().site().equals(row.site());
        }
    }

    private static final class MemorySurvives implements FailoverRules {
        @Override
        public boolean isVoid(long servedTerm, SiteFailover row) {
            return false;
        }
    }

    private static final class HomeFirst implements FailoverRules {
        @Override
        public boolean endsSessionsBeforeHome() {
            return false;
        }
    }

    private static final class BlindLossesCount implements FailoverRules {
        @Override
        public boolean countsLosses(boolean blind) {
            return true;
        }
    }

    private static final class GapIsSeen implements FailoverRules {
        @Override
        public boolean isGap(long nanoseconds, FailoverTimings timings) {
            return false;
        }
    }

    private static final class OldDecision implements FailoverRules {
        @Override
        public boolean forgetsOldDecisions() {
            return false;
        }
    }

    private static final class OpenDoor implements ForceMoveRules {
        @Override
        public boolean holdsWhoLeaves() {
            return false;
        }
    }

    private static final class NoWaitAtTheDoor implements ForceMoveRules {
        @Override
        public boolean waitsForDeparture() {
            return false;
        }
    }
}
