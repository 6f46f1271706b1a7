package org.pombal.simulation;

/** Calls a part of a process when it wants to be called; an earlier wish replaces a later one. */
final class Timer {

    private final NodeProcess process;
    private final Runnable task;
    private long armedFor = Long.MAX_VALUE;

    Timer(NodeProcess process, Runnable task) {
        this.process = process;
        this.task = task;
    }

    /** @param time by the machine's boot clock */
    void arm(long time) {
        // A machine that wants to be called at once, and does nothing then, must not bring time to a halt.
        long wanted = Math.max(time, process.now() + Chance.MILLISECOND);
        if (time == Long.MAX_VALUE || wanted >= armedFor) {
            return;
        }
        armedFor = wanted;
        process.site().events().at(process.host().clock().trueTime(wanted), () -> {
            if (armedFor == wanted) {
                process.run(this::fire);
            }
        });
    }

    private void fire() {
        armedFor = Long.MAX_VALUE;
        task.run();
    }
}
