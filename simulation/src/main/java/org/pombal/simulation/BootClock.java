package org.pombal.simulation;

/** A machine's CLOCK_BOOTTIME: begins anywhere, runs a little fast or slow, never jumps. */
final class BootClock {

    private static final double MILLION = 1e6;

    private final EventQueue events;
    private final long offset;
    private final double rate;

    /** @param drift in parts per million; positive runs fast */
    BootClock(EventQueue events, long offset, int drift) {
        this.events = events;
        this.offset = offset;
        this.rate = 1 + drift / MILLION;
    }

    long now() {
        return offset + (long) (events.now() * rate);
    }

    /** The true time at which this clock shows {@code time}; never before now. */
    long trueTime(long time) {
        if (time == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.max(events.now(), (long) Math.ceil((time - offset) / rate));
    }
}
