package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.pombal.model.lease.OwnershipTimings;

/**
 * How long, and how many, requests are held while their user's place is being decided. A login's client waits; an LMTP or doveadm
 * process that waits serves nobody else, so only a share of them may (reference: client_limit 1 of lmtp).
 */
public final class HoldLimits {

    /** What is held. */
    public enum Kind {
        LOGIN,
        /** LMTP and doveadm. */
        DELIVERY
    }

    private final OwnershipTimings timings;
    private int deliveriesHeld;

    public HoldLimits(OwnershipTimings timings) {
        this.timings = requireNonNull(timings, "timings is null");
    }

    /**
     * Whether one more may be held; then {@link #release} must follow.
     *
     * @param processes how many processes Dovecot may run for deliveries; not looked at for logins
     */
    public boolean hold(Kind kind, int processes) {
        if (kind == Kind.LOGIN) {
            return true;
        }
        if ((deliveriesHeld + 1) * 100L > (long) processes * timings.deliveryShare()) {
            return false;
        }
        deliveriesHeld++;
        return true;
    }

    public void release(Kind kind) {
        if (kind == Kind.DELIVERY) {
            if (deliveriesHeld == 0) {
                throw new IllegalStateException("more deliveries were released than held");
            }
            deliveriesHeld--;
        }
    }

    /** How long it may be held at most; afterwards it fails temporarily. */
    public Duration limit(Kind kind) {
        return kind == Kind.LOGIN ? timings.loginHold() : timings.deliveryHold();
    }
}
