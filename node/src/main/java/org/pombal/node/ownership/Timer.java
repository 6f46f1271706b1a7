package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs a task at the time it was armed for last. Confined to the loop. */
public final class Timer {

    private final OwnershipLoop loop;
    private final Runnable task;
    private long armedFor = Long.MAX_VALUE;
    private @Nullable Future<?> pending;

    Timer(OwnershipLoop loop, Runnable task) {
        this.loop = requireNonNull(loop, "loop is null");
        this.task = requireNonNull(task, "task is null");
    }

    /** @param at in nanoseconds of the boot clock; {@link Long#MAX_VALUE} for never */
    public void arm(long at) {
        if (at == armedFor) {
            return;
        }
        disarm();
        if (at != Long.MAX_VALUE) {
            armedFor = at;
            pending = loop.at(at, this::fire);
        }
    }

    private void fire() {
        armedFor = Long.MAX_VALUE;
        pending = null;
        task.run();
    }

    /** The task does not run, unless it is armed again. */
    public void disarm() {
        armedFor = Long.MAX_VALUE;
        Future<?> current = pending;
        pending = null;
        if (current != null) {
            current.cancel(false);
        }
    }
}
