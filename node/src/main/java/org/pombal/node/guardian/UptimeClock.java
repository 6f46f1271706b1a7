package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Java has no call for CLOCK_BOOTTIME. {@code /proc/uptime} tells it, cut off after hundredths of a second; {@link System#nanoTime} is
 * CLOCK_MONOTONIC, which is fine but stands still while the machine is suspended. Between two suspends the one is ahead of the other by
 * the same amount, and with each suspend by more.
 *
 * <p>A look at the uptime, and then at the fine clock, gives an amount by which the boot clock is ahead at least. The largest that was
 * ever found holds from then on.
 */
final class UptimeClock implements BootClock {

    /** CLOCK_BOOTTIME in nanoseconds, cut off somewhere. */
    @FunctionalInterface
    interface Uptime {
        long nanos() throws IOException;
    }

    /** How long a suspend may stay unnoticed. A look takes 2 µs. */
    private static final long LOOK_EVERY = Duration.ofMillis(10).toNanos();

    /** The uptime changes each 10 ms; right after it did, little is cut off. */
    private static final long FIRST_LOOKS = Duration.ofMillis(20).toNanos();

    private final LongSupplier monotonic;
    private final Uptime uptime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long ahead;
    private volatile long lookedAt;

    UptimeClock(LongSupplier monotonic, Uptime uptime) throws IOException {
        this.monotonic = requireNonNull(monotonic, "monotonic is null");
        this.uptime = requireNonNull(uptime, "uptime is null");
        long began = monotonic.getAsLong();
        long first = uptime.nanos();
        ahead = first - monotonic.getAsLong();
        long next;
        do {
            next = look();
        } while (next == first && lookedAt - began < FIRST_LOOKS);
    }

    @Override
    public long now() {
        if (monotonic.getAsLong() - lookedAt >= LOOK_EVERY && looking.tryLock()) {
            try {
                look();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot tell the time since the machine's start", e);
            } finally {
                looking.unlock();
            }
        }
        return monotonic.getAsLong() + ahead;
    }

    /** The order matters: at the later time, the boot clock has reached what was read before. */
    private long look() throws IOException {
        long read = uptime.nanos();
        long after = monotonic.getAsLong();
        ahead = Math.max(ahead, read - after);
        lookedAt = after;
        return read;
    }
}
