package org.pombal.simulation.sites;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.HomeClaim;
import org.pombal.model.sitefailover.SiteFailover;

/** The rules between sites with one mistake each, all of which lead to users who are served by two sites. */
public final class SitesVariants {

    /**
     * One of them.
     *
     * @param within how many schedules are enough to catch it
     */
    public record Variant(String name, String mistake, int within, Supplier<FailoverRules> rules) {}

    public static final List<Variant> ALL = List.of(
            new Variant("site-no-wait", "users are taken over as soon as it is declared", 40, NoWait::new),
            new Variant(
                    "site-trust-declared", "a reading that shows the declaration gives trust", 200, TrustDeclared::new),
            new Variant(
                    "site-no-claim", "a site that has recovered serves by rows it has not claimed", 400, NoClaim::new),
            new Variant(
                    "site-take-claimed",
                    "users are taken over whom their site has claimed since",
                    400,
                    TakeClaimed::new),
            new Variant(
                    "site-memory-survives",
                    "what was in memory before a failover counts after it",
                    200,
                    MemorySurvives::new),
            new Variant("site-home-first", "a user's row leads home before the sessions are gone", 60, HomeFirst::new));

    private SitesVariants() {}

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
}
