package org.pombal.demo.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that nobody announces. */
public final class Waiting {

    private static final long SHORTEST_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(200).toNanos();

    /** The next look comes after this part of the time that went by: what takes long is looked at less often. */
    private static final int PART = 10;

    private Waiting() {}

    /** Looks until the condition holds or the time is over or the thread is interrupted; says whether it holds. */
    public static boolean upTo(Duration patience, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long waited = System.nanoTime() - began;
            if (waited >= patience.toNanos() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, waited / PART)));
        }
        return true;
    }
}
