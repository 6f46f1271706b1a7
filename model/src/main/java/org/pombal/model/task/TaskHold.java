package org.pombal.model.task;

import java.time.Duration;

/**
 * How long a worker may go on with a task that it has in hand: for the hold time after the start of its last renewal that is known to
 * have succeeded. Once that has passed, another worker may have taken the task over; so it is lost for good, even if a renewal would
 * still succeed, as after a process was stopped and goes on.
 *
 * <p>Times are nanoseconds of one clock that never goes back.
 */
public final class TaskHold {

    private final long holdNanos;
    private long until;
    private boolean lost;

    /** @param begunAt when the worker asked for the task */
    public TaskHold(Duration hold, long begunAt) {
        this.holdNanos = hold.toNanos();
        this.until = begunAt + holdNanos;
    }

    /** Whether the task is this worker's at {@code now}. */
    public synchronized boolean isHeld(long now) {
        lost = lost || now - until >= 0;
        return !lost;
    }

    /** A renewal succeeded that was asked for at {@code askedAt}; {@code now} is when its answer came. */
    public synchronized void renewed(long askedAt, long now) {
        if (isHeld(now)) {
            until = askedAt + holdNanos;
        }
    }

    /** A renewal was refused: another has it. */
    public synchronized void taken() {
        lost = true;
    }
}
