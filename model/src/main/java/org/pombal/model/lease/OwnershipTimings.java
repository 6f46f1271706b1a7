package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * All times of the ownership protocol (decision 0010). What must hold between them is checked here; a fiftieth of each is kept in
 * reserve for clocks that do not run alike.
 *
 * @param renewEvery how often a lease is renewed
 * @param trust how long a renewal, or a majority's answer, lets a backend serve, from the begin of asking
 * @param killAllowance from the end of trust until the last process is gone
 * @param breakWindow how long a lease must have stood still before it is broken
 * @param readEvery how often a lease is looked at by others
 * @param readGap the longest time between two successful reads within the window
 * @param voteHold how long a voter that said one thing does not say the other
 * @param pollLimit how long answers to a poll count
 * @param retry the pause before something that failed is tried again
 * @param pending how long a hand-over waits for logins that are not sessions yet
 * @param kick how long the gentle way of ending sessions may take before they are killed; half of it is left to deliveries alone
 * @param loginHold how long a login may be held at most
 * @param deliveryHold how long a delivery or doveadm may be held at most
 * @param deliveryShare how many percent of the processes for deliveries may be held at once
 */
public record OwnershipTimings(
        Duration renewEvery,
        Duration trust,
        Duration killAllowance,
        Duration breakWindow,
        Duration readEvery,
        Duration readGap,
        Duration voteHold,
        Duration pollLimit,
        Duration retry,
        Duration pending,
        Duration kick,
        Duration loginHold,
        Duration deliveryHold,
        int deliveryShare) {

    public static final OwnershipTimings DEFAULT = new OwnershipTimings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            Duration.ofSeconds(6),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            10);

    private static final int RESERVE = 50;

    /** @throws IllegalArgumentException naming the times that do not fit together */
    public OwnershipTimings {
        for (Duration each : new Duration[] {
            renewEvery,
            trust,
            killAllowance,
            breakWindow,
            readEvery,
            readGap,
            voteHold,
            pollLimit,
            retry,
            pending,
            kick,
            loginHold,
            deliveryHold
        }) {
            requireNonNull(each, "a duration is null");
            if (each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("the times of the ownership protocol are positive, not " + each);
            }
        }
        Duration dead = trust.plus(killAllowance);
        require(
                lastsTwoRenewals(trust, renewEvery),
                "trust (" + trust + ") lasts at least two renewals (each " + renewEvery + ")");
        require(
                isClearlyLess(dead, breakWindow),
                "trust and kill allowance (" + dead + ") end before the break window (" + breakWindow + ")");
        require(
                isClearlyLess(dead, voteHold.minus(pollLimit)),
                "trust and kill allowance (" + dead + ") end before a voter that answered at the end of a poll ("
                        + pollLimit + ") may say the other thing (" + voteHold + ")");
        require(
                readEvery.compareTo(readGap) < 0,
                "leases are read (each " + readEvery + ") more often than the gap allows (" + readGap + ")");
        require(
                deliveryShare >= 0 && deliveryShare <= 100,
                "the share of deliveries that are held is 0 to 100 percent, not " + deliveryShare);
    }

    /** The same for slow machines: every duration longer but the holds, which are limits of the patience of clients and MTAs. */
    public OwnershipTimings times(int factor) {
        return new OwnershipTimings(
                renewEvery.multipliedBy(factor),
                trust.multipliedBy(factor),
                killAllowance.multipliedBy(factor),
                breakWindow.multipliedBy(factor),
                readEvery.multipliedBy(factor),
                readGap.multipliedBy(factor),
                voteHold.multipliedBy(factor),
                pollLimit.multipliedBy(factor),
                retry.multipliedBy(factor),
                pending.multipliedBy(factor),
                kick.multipliedBy(factor),
                loginHold,
                deliveryHold,
                deliveryShare);
    }

    /** Whether trust bears that one renewal fails. */
    public static boolean lastsTwoRenewals(Duration trust, Duration renewEvery) {
        return renewEvery.multipliedBy(2).compareTo(trust) <= 0;
    }

    /** Whether one is less than the other even if the first one's clock is a fiftieth slow, and the other's as much fast. */
    public static boolean isClearlyLess(Duration one, Duration other) {
        return one.plus(one.dividedBy(RESERVE)).compareTo(other.minus(other.dividedBy(RESERVE))) < 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("these times of the ownership protocol do not fit together: " + rule);
        }
    }
}
