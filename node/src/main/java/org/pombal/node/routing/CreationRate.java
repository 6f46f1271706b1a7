package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket that bounds how many users a node creates: a mistake in a passdb that accepts every name must not fill
 * GeoDB. Bursts of up to one second's worth pass.
 */
final class CreationRate {

    private final double perNano;
    private final double burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long refilledAt;

    /** @param perSecond at least 1 */
    CreationRate(int perSecond, LongSupplier nanoTime) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("creation rate " + perSecond + " is below 1 per second");
        }
        this.perNano = (double) perSecond / TimeUnit.SECONDS.toNanos(1);
        this.burst = perSecond;
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.tokens = burst;
        this.refilledAt = nanoTime.getAsLong();
    }

    /** Takes one creation, or refuses. */
    synchronized boolean tryAcquire() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - refilledAt) * perNano);
        refilledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
