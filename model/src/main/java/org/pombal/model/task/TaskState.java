package org.pombal.model.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far a task is. */
public enum TaskState {
    /** In its queue, for the first time or again after a try that came to nothing. */
    WAITING,
    /** In the hands of a worker. */
    RUNNING,
    /** Done; it has a result. */
    DONE,
    /** Nobody tries it any more; it says why. */
    GIVEN_UP;

    /** Whether nothing becomes of it any more. */
    public boolean isFinal() {
        return this == DONE || this == GIVEN_UP;
    }

    /**
     * Reads the lower-case name that API and Redis use.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static TaskState parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not the state of a task; it is one of "
                        + Arrays.stream(values()).map(TaskState::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
