package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.node.ownership.SiteSetup;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** The settings of what a node has to do with other sites. */
public final class SitesSettings {

    /** Who declares failovers of sites. */
    public enum SiteFailoverMode {
        MANUAL,
        AUTOMATIC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Setting<Duration> CHECK_INTERVAL = Setting.named(
                    "cluster_site_check_interval", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .description("""
                    On proxies: how often the load balancers of other sites are looked at. Three failures one after another make a
                    site unreachable, three successes reachable again. With cluster_backend_test_password a site that greets, but has not let the test
                    user in at the last two logins, fails too, while test users get in at backends of this site.""")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> CHECK_TIMEOUT = Setting.named(
                    "cluster_site_check_timeout", duration(Duration.ofMillis(100), Duration.ofMinutes(1)))
            .description("On proxies: how long the load balancer of another site may take for each part of its answer.")
            .withDefault(Duration.ofSeconds(3));

    public static final Setting<SiteFailoverMode> FAILOVER = Setting.named(
                    "cluster_site_failover", oneOf(SiteFailoverMode.class))
            .description("""
                    On backends: who declares the failover of a site that is lost, and has its users come home when it is back. manual: an
                    operator. automatic: also the other sites, when most of all sites have lost it; of two sites, when the other one has. Must be
                    the same on all nodes of all sites.""")
            .withDefault(SiteFailoverMode.MANUAL);

    public static final Setting<IsolationPolicy> ISOLATION = Setting.named(
                    "cluster_site_isolation", oneOf(IsolationPolicy.class))
            .description("""
                    On backends: what a site does that cannot read in GeoDB whether its failover was declared. stop: it ends all sessions
                    cluster_site_trust after it last could, before anybody else serves its users; for three data centres and more, or all
                    sites stop when one of two is away. serve: it goes on, and its users may be served by two sites until it can
                    read again. Must be the same on all nodes of a site.""")
            .withDefault(IsolationPolicy.SERVE);

    public static final Setting<Duration> LOST_AFTER = Setting.named(
                    "cluster_site_lost_after", duration(Duration.ofSeconds(1), Duration.ofHours(1)))
            .description("""
                    On backends: how long most sites must have lost one before its failover is declared. Time in which GeoDB has no majority
                    does not count, nor this long after it. At least three times cluster_site_check_interval, so that a site that is back
                    is seen first.""")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Duration> FAILOVER_WAIT = Setting.named(
                    "cluster_site_failover_wait", duration(Duration.ofSeconds(2), Duration.ofDays(1)))
            .description("""
                    On backends: from the declaration of a site's failover until its users are taken over, if it does not come back. Must be the
                    same on all nodes of all sites.""")
            .withDefault(Duration.ofMinutes(5));

    public static final Setting<Duration> TRUST = Setting.named(
                    "cluster_site_trust", duration(Duration.ofSeconds(1), Duration.ofDays(1)))
            .description("""
                    On backends: how long a site serves its users after the begin of the last reading that showed no failover of it. Together
                    with cluster_lease_kill_allowance clearly less than cluster_site_failover_wait.""")
            .withDefault(Duration.ofMinutes(4));

    public static final Setting<Duration> READ_INTERVAL = Setting.named(
                    "cluster_site_read_interval", duration(Duration.ofMillis(100), Duration.ofMinutes(10)))
            .description("On backends: how often it is read whether the failover of the own site was declared.")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> RECOVER_AFTER = Setting.named(
                    "cluster_site_recover_after", duration(Duration.ofSeconds(1), Duration.ofDays(1)))
            .description("""
                    On backends: how long a site must have been reachable again before its users come home by themselves. Doubled each time
                    that it fails again within a day.""")
            .withDefault(Duration.ofMinutes(10));

    public static final Setting<Integer> MOVE_RATE = Setting.named(
                    "cluster_site_move_rate", wholeNumber(1, 100_000, "users"))
            .description("""
                    On backends: how many users a second each site takes over, sends home, or sends away from an evacuated site, besides
                    those who log in. 'cluster site failover' can change it for one failover.""")
            .withDefault(50);

    private SitesSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                CHECK_INTERVAL,
                CHECK_TIMEOUT,
                FAILOVER,
                ISOLATION,
                LOST_AFTER,
                FAILOVER_WAIT,
                TRUST,
                READ_INTERVAL,
                RECOVER_AFTER,
                MOVE_RATE);
    }

    static SettingsRule rule() {
        List<Setting<?>> about = List.of(
                TRUST,
                FAILOVER_WAIT,
                READ_INTERVAL,
                LOST_AFTER,
                RECOVER_AFTER,
                ISOLATION,
                OwnershipTimingSettings.KILL_ALLOWANCE,
                OwnershipTimingSettings.FACTOR);
        return new SettingsRule(about, settings -> {
            try {
                setup(settings);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }

    static SiteSetup setup(Settings settings) {
        return new SiteSetup(
                settings.get(ISOLATION),
                new FailoverTimings(
                        settings.get(LOST_AFTER),
                        settings.get(FAILOVER_WAIT),
                        settings.get(TRUST),
                        settings.get(READ_INTERVAL),
                        settings.get(OwnershipTimingSettings.KILL_ALLOWANCE)
                                .multipliedBy(settings.get(OwnershipTimingSettings.FACTOR)),
                        settings.get(RECOVER_AFTER)),
                FailoverRules.PROTOCOL);
    }
}
