package org.pombal.model.task;

import java.util.Arrays;
import java.util.Locale;

/** Where a task waits. Each queue has workers of its own, so that long work never holds up what is urgent. */
public enum TaskQueue {
    /** What must happen within seconds: error mitigation, evacuation. */
    HIGH,
    /** What may take its time: balancing, plans. */
    LOW;

    /**
     * Reads the lower-case name that API and Redis use.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static TaskQueue parse(String text) {
        return Arrays.stream(values())
                .filter(queue -> queue.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not a queue; it is one of high, low"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
