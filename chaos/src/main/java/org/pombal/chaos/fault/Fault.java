package org.pombal.chaos.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * One thing that is done to a host.
 *
 * @param number of the host among its likes, from 1; 0 if it befalls none
 * @param after how long after the step began
 * @param lasts until it is undone
 */
public record Fault(FaultKind kind, int number, Duration after, Duration lasts) {

    public Fault {
        requireNonNull(kind, "kind is null");
        requireNonNull(after, "after is null");
        requireNonNull(lasts, "lasts is null");
    }

    public Duration end() {
        return after.plus(lasts);
    }

    @Override
    public String toString() {
        String host =
                switch (kind.on()) {
                    case BACKEND -> " (backend" + number + ")";
                    case PROXY -> " (proxy" + number + ")";
                    case GEODB -> " (geodb" + number + ")";
                    case NOBODY -> "";
                };
        return kind.words()
                + host
                + (after.isZero() ? "" : " after %.1f s".formatted(after.toMillis() / 1e3))
                + " for %.1f s".formatted(lasts.toMillis() / 1e3);
    }
}
