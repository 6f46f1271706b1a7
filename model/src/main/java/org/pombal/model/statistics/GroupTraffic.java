package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a user group gives its backend to do, as means over a while.
 *
 * @param sessions processes that have mailboxes of the group's users open, at a time
 * @param logins a second
 * @param deliveries a second, and whatever else opens a mailbox without a login, such as indexing
 * @param measured how long the backend has measured the group; the means reach no further back
 */
public record GroupTraffic(double sessions, double logins, double deliveries, Duration measured) {

    /** @throws IllegalArgumentException for what is negative, infinite or not a number */
    public GroupTraffic {
        requireNonNull(measured, "measured is null");
        check("sessions", sessions);
        check("logins", logins);
        check("deliveries", deliveries);
    }

    private static void check(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }

    /**
     * One number for all of it, in sessions.
     *
     * @param opening how long a session would have to last to be as much work as a login or a delivery
     */
    public double load(Duration opening) {
        return sessions + opening.toNanos() / 1e9 * (logins + deliveries);
    }
}
