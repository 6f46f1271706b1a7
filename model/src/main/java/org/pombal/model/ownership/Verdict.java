package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;

/** What is to become of a user who wants in. */
public sealed interface Verdict {

    /** Let the session begin. */
    record Serve() implements Verdict {}

    /** Not now; judge again when something has changed, until the limit for holding. */
    record Hold(String why) implements Verdict {
        public Hold {
            requireNonNull(why, "why is null");
        }
    }

    /** Another backend is asked. {@code backend} is where it should be tried. */
    record Elsewhere(BackendId backend) implements Verdict {
        public Elsewhere {
            requireNonNull(backend, "backend is null");
        }
    }

    /** This backend will serve the user when the source has let go; the source should be told that the user is waiting. */
    record AskSource(BackendId source) implements Verdict {
        public AskSource {
            requireNonNull(source, "source is null");
        }
    }

    Verdict SERVE = new Serve();
}
