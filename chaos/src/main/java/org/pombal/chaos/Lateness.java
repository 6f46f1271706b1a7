package org.pombal.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this program is run when it wants to be: what a machine that has too much to do, or that is itself stopped now and
 * then, takes from the site, too. Users cannot be served sooner than that.
 */
final class Lateness {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

    private long longest;

    /** Watches until this program ends. */
    void watch() {
        Thread watch = new Thread(this::run, "chaos-lateness");
        watch.setDaemon(true);
        watch.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            long wanted = System.nanoTime() + STEP;
            LockSupport.parkNanos(STEP);
            note(System.nanoTime() - wanted);
        }
    }

    private synchronized void note(long late) {
        longest = Math.max(longest, late);
    }

    /** The longest since this was asked last. */
    synchronized Duration takeLongest() {
        Duration taken = Duration.ofNanos(longest);
        longest = 0;
        return taken;
    }
}
