package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import org.pombal.node.doveadm.Output;

/** Progress as often as people can read it, and none of what takes less than two seconds. */
final class Throttled {

    private static final long PAUSE_NANOS = 2_000_000_000L;

    private final Output output;
    private long last = System.nanoTime();

    Throttled(Output output) {
        this.output = requireNonNull(output, "output is null");
    }

    void at(String text) {
        long now = System.nanoTime();
        synchronized (this) {
            if (now - last < PAUSE_NANOS) {
                return;
            }
            last = now;
        }
        output.progress(text);
    }
}
