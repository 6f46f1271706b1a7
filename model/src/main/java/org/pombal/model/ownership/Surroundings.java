package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.OwnershipTimings;

/** What all the groups of one backend have in common. */
public record Surroundings(
        BackendId self, Sessions sessions, MoveLimiter limiter, OwnershipTimings timings, HandOverRules rules) {

    public Surroundings {
        requireNonNull(self, "self is null");
        requireNonNull(sessions, "sessions is null");
        requireNonNull(limiter, "limiter is null");
        requireNonNull(timings, "timings is null");
        requireNonNull(rules, "rules is null");
    }
}
