package org.pombal.chaos.fault;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Faults that come together. When all are undone, and every user is served again, the next step begins. */
public record Step(List<Fault> faults) {

    public Step {
        faults = List.copyOf(faults);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a step without faults");
        }
    }

    public Duration length() {
        return faults.stream().map(Fault::end).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** Whether a login may lose whom it waits for. */
    public boolean breaksAuth() {
        return faults.stream().anyMatch(fault -> fault.kind().breaksAuth());
    }

    @Override
    public String toString() {
        return faults.stream().map(Fault::toString).collect(joining(", and "));
    }
}
