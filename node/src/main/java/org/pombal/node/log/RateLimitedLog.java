package org.pombal.node.log;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Says the same kind of thing at most once per interval, and then how often it was left unsaid. One instance per kind of
 * message.
 */
public final class RateLimitedLog {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    private final Logger log;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong nextNanos;
    private final AtomicLong unsaid = new AtomicLong();

    /** At most one message in 10 seconds. */
    public RateLimitedLog(Logger log) {
        this(log, DEFAULT_INTERVAL, System::nanoTime);
    }

    public RateLimitedLog(Logger log, Duration interval, LongSupplier nanoTime) {
        this.log = requireNonNull(log, "log is null");
        this.intervalNanos = interval.toNanos();
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.nextNanos = new AtomicLong(nanoTime.getAsLong());
    }

    /** Logs with SLF4J's placeholders, or counts. */
    public void warn(String format, Object... arguments) {
        long now = nanoTime.getAsLong();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + intervalNanos)) {
            unsaid.incrementAndGet();
            return;
        }
        long silent = unsaid.getAndSet(0);
        if (silent == 0) {
            log.warn(format, arguments);
        } else {
            log.atWarn().addKeyValue("suppressed", silent).log(format, arguments);
        }
    }
}
