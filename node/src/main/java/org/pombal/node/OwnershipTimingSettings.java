package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;

/** The times of the ownership protocol: those of {@link OwnershipTimings} that are not limits of {@link OwnershipSettings}. */
public final class OwnershipTimingSettings {

    /** What the guardian takes for a mistake ({@code --max-trust}). */
    static final Duration LONGEST_TRUST = Duration.ofSeconds(60);

    private static final OwnershipTimings USUAL = OwnershipTimings.DEFAULT;

    public static final Setting<Integer> FACTOR = Setting.named("cluster_timing_factor", wholeNumber(1, 10))
            .description("""
                    All times of this section are multiplied by this. For machines, or a Cassandra, that now and then take a
                    second for what others do at once. A failover takes as many times longer.""")
            .withDefault(1);

    public static final Setting<Duration> RENEW_INTERVAL = time(
            "cluster_lease_renew_interval",
            "How often a backend renews its lease in GeoDB. At most half of cluster_lease_trust.",
            USUAL.renewEvery());

    public static final Setting<Duration> TRUST = time("cluster_lease_trust", """
            How long a renewal lets a backend serve, from when it was begun. If none succeeds meanwhile, all sessions end, unless
            cluster_geodb_outage says otherwise. With cluster_timing_factor at most 1 min, and on backends at least twice
            CASSANDRA_REQUEST_TIMEOUT, or one lost answer would end all sessions.""", USUAL.trust());

    public static final Setting<Duration> KILL_ALLOWANCE = time(
            "cluster_lease_kill_allowance",
            "How long the guardian may take to end all of Dovecot's processes when trust has ended.",
            USUAL.killAllowance());

    public static final Setting<Duration> BREAK = time("cluster_lease_break", """
            How long a lease must have stood still before others break it and take its holder's users. Must be longer than
            cluster_lease_trust and cluster_lease_kill_allowance together, with 2 percent in reserve on each side for clocks
            that do not run alike. A failover takes this long, and up to 4 s more.""", USUAL.breakWindow());

    public static final Setting<Duration> READ_INTERVAL = time(
            "cluster_lease_read_interval",
            "How often others read a backend's lease. Must be shorter than cluster_lease_read_gap.",
            USUAL.readEvery());

    public static final Setting<Duration> READ_GAP = time("cluster_lease_read_gap", """
            The longest time between two successful reads for which a lease counts as having stood still in between. Spares a
            holder who could not renew because GeoDB was away for all.""", USUAL.readGap());

    public static final Setting<Duration> VOTE_HOLD = time("cluster_vote_hold", """
            How long a node that said that GeoDB is up, or down, does not say the contrary. Less cluster_vote_poll_limit it
            must be longer than cluster_lease_trust and cluster_lease_kill_allowance together, with the same reserve.""", USUAL.voteHold());

    public static final Setting<Duration> POLL_LIMIT = time(
            "cluster_vote_poll_limit",
            "How long the nodes that are asked whether GeoDB is up may take to answer.",
            USUAL.pollLimit());

    public static final Setting<Duration> RETRY_INTERVAL = time(
            "cluster_ownership_retry_interval",
            "How long to wait before something that failed is tried again: a renewal, a poll, a step of a move.",
            USUAL.retry());

    public static final Setting<Duration> PENDING_LIMIT = time("cluster_pending_login_limit", """
            How long a move of a group waits for logins that were let in and have not become sessions yet. Then they are revoked
            and fail temporarily.""", USUAL.pending());

    public static final Setting<Duration> KICK_LIMIT = time(
            "cluster_kick_limit",
            "How long the sessions of a user who is handed over may take to end when asked to. Then they are killed.",
            USUAL.kick());

    /** The group of all of them. */
    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "timing",
                    "Timing of ownership",
                    "These times belong together, and there is hardly a reason to change any but `cluster_timing_factor`. They"
                            + " **must be the same on all nodes of a site**: a node that breaks leases sooner than another's"
                            + " trust ends takes users from a backend that still serves them. To make them longer while the site"
                            + " runs, raise `cluster_lease_break` and `cluster_vote_hold` on all nodes first, then the others; to"
                            + " make them shorter, lower these two last.",
                    FACTOR,
                    RENEW_INTERVAL,
                    TRUST,
                    KILL_ALLOWANCE,
                    BREAK,
                    READ_INTERVAL,
                    READ_GAP,
                    VOTE_HOLD,
                    POLL_LIMIT,
                    RETRY_INTERVAL,
                    PENDING_LIMIT,
                    KICK_LIMIT)
            .withRules(OwnershipTimingRules.all());

    private OwnershipTimingSettings() {}

    private static Setting<Duration> time(String name, String description, Duration usual) {
        return Setting.named(name, duration(Duration.ofMillis(10), Duration.ofMinutes(2)))
                .description(description)
                .withDefault(usual);
    }

    /** With the factor. */
    static Duration scaled(Settings settings, Setting<Duration> time) {
        return settings.get(time).multipliedBy(settings.get(FACTOR));
    }
}
