package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;

/**
 * What the settings of ownership say.
 *
 * @param policy when others' leases are acted on; it has the fence command run where there is one
 * @param timings with the factor for slow machines
 * @param failoverDamping how long a backend must have been up before it is given others' groups; 0 and more
 * @param maxParallelMoves how many users are handed over at once; 1 and more
 * @param deliveryProcesses how many processes Dovecot may run for LMTP or doveadm; 1 and more
 * @param settleTime between the end of a user's last session and the flush; 0 and more
 * @param flush run for each user who is handed over, with his name
 * @param fence run for a backend whose lease is broken, with its host name
 */
public record OwnershipConfig(
        BreakPolicy policy,
        OwnershipTimings timings,
        Duration failoverDamping,
        int maxParallelMoves,
        int deliveryProcesses,
        Duration settleTime,
        Optional<Hook> flush,
        Optional<Hook> fence,
        HangWatch hangWatch) {

    public OwnershipConfig {
        requireNonNull(policy, "policy is null");
        requireNonNull(timings, "timings is null");
        requireNonNull(failoverDamping, "failoverDamping is null");
        requireNonNull(settleTime, "settleTime is null");
        requireNonNull(flush, "flush is null");
        requireNonNull(fence, "fence is null");
        requireNonNull(hangWatch, "hangWatch is null");
    }

    /**
     * A program of the operator's.
     *
     * @param timeout after which it is killed, which counts as failed
     */
    public record Hook(Path command, Duration timeout) {

        public Hook {
            requireNonNull(command, "command is null");
            requireNonNull(timeout, "timeout is null");
        }
    }

    /**
     * How a Dovecot that hangs is noticed.
     *
     * @param failures how many probes must fail one after another; 1 and more
     * @param kills whether a hung Dovecot is killed, and not only reported
     */
    public record HangWatch(Duration interval, Duration timeout, int failures, boolean kills) {

        public HangWatch {
            requireNonNull(interval, "interval is null");
            requireNonNull(timeout, "timeout is null");
        }
    }

    /** @param settings with the values of {@link OwnershipSettings} and {@link OwnershipTimingSettings} */
    public static OwnershipConfig of(Settings settings) {
        Optional<Hook> fence = hook(settings, OwnershipSettings.FENCE_COMMAND, OwnershipSettings.FENCE_TIMEOUT);
        return new OwnershipConfig(
                new BreakPolicy(
                        settings.get(OwnershipSettings.GEODB_OUTAGE),
                        settings.get(TakeoverSettings.TAKEOVER),
                        fence.isPresent()),
                timings(settings),
                settings.get(OwnershipSettings.FAILOVER_DAMPING),
                settings.get(OwnershipSettings.MAX_PARALLEL_MOVES),
                settings.get(OwnershipSettings.DELIVERY_PROCESSES),
                settings.get(OwnershipSettings.USER_SETTLE_TIME),
                hook(settings, OwnershipSettings.FLUSH_COMMAND, OwnershipSettings.FLUSH_TIMEOUT),
                fence,
                new HangWatch(
                        settings.get(OwnershipSettings.PROBE_INTERVAL),
                        settings.get(OwnershipSettings.PROBE_TIMEOUT),
                        settings.get(OwnershipSettings.PROBE_FAILURES),
                        settings.get(OwnershipSettings.KILL_HUNG_DOVECOT)));
    }

    private static OwnershipTimings timings(Settings settings) {
        return new OwnershipTimings(
                        settings.get(OwnershipTimingSettings.RENEW_INTERVAL),
                        settings.get(OwnershipTimingSettings.TRUST),
                        settings.get(OwnershipTimingSettings.KILL_ALLOWANCE),
                        settings.get(OwnershipTimingSettings.BREAK),
                        settings.get(OwnershipTimingSettings.READ_INTERVAL),
                        settings.get(OwnershipTimingSettings.READ_GAP),
                        settings.get(OwnershipTimingSettings.VOTE_HOLD),
                        settings.get(OwnershipTimingSettings.POLL_LIMIT),
                        settings.get(OwnershipTimingSettings.RETRY_INTERVAL),
                        settings.get(OwnershipTimingSettings.PENDING_LIMIT),
                        settings.get(OwnershipTimingSettings.KICK_LIMIT),
                        settings.get(OwnershipSettings.LOGIN_HOLD),
                        settings.get(OwnershipSettings.DELIVERY_HOLD),
                        settings.get(OwnershipSettings.DELIVERY_HOLD_SHARE))
                .times(settings.get(OwnershipTimingSettings.FACTOR));
    }

    private static Optional<Hook> hook(Settings settings, Setting<Optional<Path>> command, Setting<Duration> timeout) {
        return settings.get(command).map(path -> new Hook(path, settings.get(timeout)));
    }
}
