package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.wholeNumber;
import static org.pombal.settings.ValueTypes.yesNo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.pombal.model.lease.OutagePolicy;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;

/** The settings of how backends hold users, hand them over and take them from one that is gone (decision 0010). */
public final class OwnershipSettings {

    public static final Setting<Optional<Path>> FENCE_COMMAND =
            Setting.named("cluster_fence_command", path()).description("""
                    On backends: the program that makes sure that another backend's machine is off, or cut off from clients and
                    storage. Its only argument is that backend's host name. It must exit with 0 only when that is certain;
                    with another status it is run again. Goes with cluster_takeover = fenced.""").optional();

    public static final Setting<Duration> FENCE_TIMEOUT = Setting.named(
                    "cluster_fence_timeout", duration(Duration.ofSeconds(1), Duration.ofMinutes(30)))
            .description("""
                    How long cluster_fence_command may run. Then it is killed, which counts as failed, and run again.""")
            .withDefault(Duration.ofMinutes(1));

    public static final Setting<OutagePolicy> GEODB_OUTAGE = Setting.named(
                    "cluster_geodb_outage", oneOf(OutagePolicy.class))
            .description("""
                    What a backend does that cannot renew its lease in GeoDB. serve: it goes on as long as a majority of the
                    site's nodes says that GeoDB is down for them, too; this needs three nodes at least, proxies count.
                    fence: it ends all sessions when cluster_lease_trust has passed. Must be the same on all nodes of a
                    site.""")
            .withDefault(OutagePolicy.SERVE);

    public static final Setting<Duration> FAILOVER_DAMPING = Setting.named(
                    "cluster_failover_damping", duration(Duration.ZERO, Duration.ofHours(1)))
            .description("""
                    How long a backend must have been up before it is given the groups of one that is gone. Keeps a backend
                    that crashes again and again from taking users with it each time. Where no backend has been up for so
                    long, this time is not looked at.""")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Integer> MAX_PARALLEL_MOVES = Setting.named(
                    "cluster_max_parallel_moves", wholeNumber(1, 10_000, "users"))
            .description("""
                    How many users with sessions a backend hands over at once. Each counts for 0.4 s at least, so that two and a
                    half times as many sessions end in a second at most. Bounds the flush commands that run, the logins that
                    follow and the writes to GeoDB. Users without a session are not counted: they move with their group.""")
            .withDefault(100);

    public static final Setting<Duration> LOGIN_HOLD = Setting.named(
                    "cluster_login_hold", duration(Duration.ofMillis(100), Duration.ofSeconds(10)))
            .description("""
                    How long a login waits at most while its user is handed over. Then it fails temporarily, and the client
                    tries again.""")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> DELIVERY_HOLD = Setting.named(
                    "cluster_delivery_hold", duration(Duration.ofMillis(10), Duration.ofSeconds(1)))
            .description("""
                    The same for LMTP and doveadm, whose processes serve nobody else meanwhile. Then the delivery fails
                    temporarily, and the MTA keeps the mail in its queue.""")
            .withDefault(Duration.ofSeconds(1));

    public static final Setting<Integer> DELIVERY_HOLD_SHARE = Setting.named(
                    "cluster_delivery_hold_share", wholeNumber(0, 10, "percent"))
            .description("""
                    How many percent of cluster_delivery_processes may wait at once; more fail temporarily at once. 0 lets none
                    wait.""")
            .withDefault(10);

    public static final Setting<Integer> DELIVERY_PROCESSES = Setting.named(
                    "cluster_delivery_processes", wholeNumber(1, 1_000_000, "processes"))
            .description("""
                    How many processes Dovecot runs at most for LMTP and doveadm: the smaller process_limit of the two
                    services.""")
            .withDefault(100);

    public static final Setting<Duration> USER_SETTLE_TIME = Setting.named(
                    "cluster_user_settle_time", duration(Duration.ZERO, Duration.ofMinutes(5)))
            .description("""
                    How long to wait, after the last session of a user who is handed over has ended and before the flush command
                    runs. For NFS whose clients see each other's changes late: as long as attributes are cached there (mount
                    options actimeo, acregmax). Longer than cluster_login_hold means that logins fail temporarily meanwhile.""")
            .withDefault(Duration.ZERO);

    public static final Setting<Optional<Path>> FLUSH_COMMAND =
            Setting.named("cluster_flush_command", path()).description("""
                    A program that makes a user's mail ready to be opened by another backend. It is run for each user who is
                    handed over, after the last session here has ended; its only argument is the user's name. The user is
                    served nowhere until it has exited with 0.""").optional();

    public static final Setting<Duration> FLUSH_TIMEOUT = Setting.named(
                    "cluster_flush_timeout", duration(Duration.ofMillis(100), Duration.ofMinutes(30)))
            .description("""
                    How long cluster_flush_command may run. Then it is killed and, when it is seen gone, run again. Longer than
                    cluster_login_hold means that logins fail temporarily while it runs.""")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Boolean> KILL_HUNG_DOVECOT =
            Setting.named("cluster_kill_hung_dovecot", yesNo()).description("""
                    Whether a Dovecot backend that hangs is killed, with all sessions, and started again. A hung Dovecot is
                    reported in any case.""").withDefault(false);

    public static final Setting<Duration> PROBE_INTERVAL = Setting.named(
                    "cluster_dovecot_probe_interval", duration(Duration.ofSeconds(1), Duration.ofHours(1)))
            .description("How often a backend's node looks whether Dovecot still answers.")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> PROBE_TIMEOUT = Setting.named(
                    "cluster_dovecot_probe_timeout", duration(Duration.ofMillis(100), Duration.ofHours(1)))
            .description("How long Dovecot may take to answer. At most cluster_dovecot_probe_interval.")
            .withDefault(Duration.ofSeconds(5));

    public static final Setting<Integer> PROBE_FAILURES = Setting.named(
                    "cluster_dovecot_probe_failures", wholeNumber(1, 1_000, "probes"))
            .description("How many probes must fail, one after another, before Dovecot counts as hung.")
            .withDefault(6);

    /** The group of all of them. */
    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "ownership",
                    "Ownership",
                    "How users get from one backend to another, by a move or because a backend is gone. What is promised in"
                            + " which failure is in [Ownership](ownership.md).",
                    FENCE_COMMAND,
                    FENCE_TIMEOUT,
                    GEODB_OUTAGE,
                    FAILOVER_DAMPING,
                    MAX_PARALLEL_MOVES,
                    LOGIN_HOLD,
                    DELIVERY_HOLD,
                    DELIVERY_HOLD_SHARE,
                    DELIVERY_PROCESSES,
                    USER_SETTLE_TIME,
                    FLUSH_COMMAND,
                    FLUSH_TIMEOUT,
                    KILL_HUNG_DOVECOT,
                    PROBE_INTERVAL,
                    PROBE_TIMEOUT,
                    PROBE_FAILURES)
            .withRules(OwnershipRules.all());

    private OwnershipSettings() {}
}
