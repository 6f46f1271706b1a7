package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.pombal.model.backend.Backend;

/**
 * A backend, as far as the number of backends depends on it.
 *
 * @param number in its name, if it is one that the platform starts and stops
 * @param groups how many it owns, 0 or more
 * @param sticky how many of these are bound to it
 * @param arriving how many are moving to it
 * @param up whether its node reports and its Dovecot may serve: its lease is held
 * @param over whether nobody serves on it for certain: it never had a lease, or its lease is over
 * @param measured what its node measured last, if that is not too old
 */
public record ScaledBackend(
        Backend backend,
        OptionalInt number,
        int groups,
        int sticky,
        int arriving,
        boolean up,
        boolean over,
        Optional<Measured> measured) {

    /**
     * What a node measures.
     *
     * @param cpu CPU time that was not idle, as a part of all, 0 to 1
     * @param sessions processes that have mailboxes open
     * @param load of its groups, in sessions: each login and delivery counts as a session of a certain length
     */
    public record Measured(Instant at, OptionalDouble cpu, OptionalDouble sessions, double load) {

        public Measured {
            requireNonNull(at, "at is null");
            requireNonNull(cpu, "cpu is null");
            requireNonNull(sessions, "sessions is null");
            if (!(load >= 0 && load < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the load of a backend is " + load);
            }
        }
    }

    public ScaledBackend {
        requireNonNull(backend, "backend is null");
        requireNonNull(number, "number is null");
        requireNonNull(measured, "measured is null");
        if (groups < 0 || sticky < 0 || arriving < 0 || sticky > groups) {
            throw new IllegalArgumentException(
                    groups + " groups, " + sticky + " of them sticky, " + arriving + " arriving");
        }
    }

    /** Whether it takes its share of the load. */
    public boolean serves() {
        return backend.takesNewGroups();
    }

    /** Whether load is on it that others would have to carry without it. */
    boolean carries() {
        return serves() || groups > 0;
    }
}
