package org.pombal.model.routing;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;

/** What a backend does about a user who has arrived: the last place where a foreign one can be kept out. */
public sealed interface Admission {

    /** The user is this backend's. */
    record Served(Route.ToBackend route) implements Admission {
        public Served {
            requireNonNull(route, "route is null");
        }
    }

    /** The user belongs elsewhere. */
    record Foreign(Route route) implements Admission {
        public Foreign {
            requireNonNull(route, "route is null");
        }
    }

    /** Nobody can say for now; a temporary failure for the client. {@code reason} is for the log. */
    record Undecided(String reason) implements Admission {
        public Undecided {
            requireNonNull(reason, "reason is null");
        }
    }

    /** Judges by the user's route. */
    static Admission of(Route route, BackendId self) {
        requireNonNull(self, "self is null");
        if (route instanceof Route.Unroutable unroutable) {
            return new Undecided(unroutable.reason());
        }
        return route instanceof Route.ToBackend toBackend
                        && toBackend.backend().id().equals(self)
                ? new Served(toBackend)
                : new Foreign(route);
    }
}
