package org.pombal.operations;

import static java.util.Objects.requireNonNull;

/** Why an operation was not done. */
public sealed interface Obstacle {

    /** One sentence or two for the operator: what was tried, with which value, and what to do. */
    String message();

    /** What can be missing. */
    enum Thing {
        SITE,
        TAG,
        BACKEND,
        GROUP,
        USER,
        PROXY
    }

    /** What was named does not exist. */
    record NotFound(Thing thing, String message) implements Obstacle {
        public NotFound {
            requireNonNull(thing, "thing is null");
            requireNonNull(message, "message is null");
        }
    }

    /** It is not allowed as things are, and will not be by trying again; nothing was changed. */
    record Refused(String message) implements Obstacle {
        public Refused {
            requireNonNull(message, "message is null");
        }
    }

    /** Somebody else was first; the message says what stands. It may succeed when tried again. */
    record Conflict(String message) implements Obstacle {
        public Conflict {
            requireNonNull(message, "message is null");
        }
    }

    /** It is not any more as the caller said it must be; nothing was changed. */
    record Stale(String message) implements Obstacle {
        public Stale {
            requireNonNull(message, "message is null");
        }
    }

    /** GeoDB did not answer; the message says what was done and what was not. */
    record Away(String message) implements Obstacle {
        public Away {
            requireNonNull(message, "message is null");
        }
    }
}
