package org.pombal.node.guardian;

import java.io.IOException;

/**
 * The clock that also counts while the machine is suspended, CLOCK_BOOTTIME: the guardian's clock, by which trust ends.
 *
 * <p>It may be late, never ahead: a deadline that is counted from it comes early, never late.
 */
@FunctionalInterface
public interface BootClock {

    /** Nanoseconds since the machine's start. Never goes back. May be called by any thread, as often as one likes. */
    long now();

    /**
     * This machine's. It is late by less than 0.1 ms as a rule, and by up to 10 ms where the kernel did not let it look undisturbed. A suspend
     * is noticed within 10 ms after it.
     *
     * @throws IOException if {@code /proc/uptime} cannot be read
     */
    static BootClock ofThisMachine() throws IOException {
        return new UptimeClock(System::nanoTime, new ProcUptime());
    }
}
