package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;

/** One thing to do for a site to have as many backends as it should. Each has its reason in words. */
public sealed interface ScaleAction {

    String reason();

    /**
     * The platform is to start a backend.
     *
     * @param count how many the platform runs then
     */
    record Start(HostName host, int count, String reason) implements ScaleAction {

        public Start {
            requireNonNull(host, "host is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A backend that was started is to be entered into GeoDB, as soon as its name resolves. */
    record Register(HostName host, String reason) implements ScaleAction {

        public Register {
            requireNonNull(host, "host is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A new backend is up, and is to serve. */
    record BringOnline(Backend backend, String reason) implements ScaleAction {

        public BringOnline {
            requireNonNull(backend, "backend is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A backend is to be emptied, to go. */
    record Drain(Backend backend, int number, String reason) implements ScaleAction {

        public Drain {
            requireNonNull(backend, "backend is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A backend that is being emptied is to stay after all. */
    record Keep(Backend backend, ScaleMemory.Leaving leaving, String reason) implements ScaleAction {

        public Keep {
            requireNonNull(backend, "backend is null");
            requireNonNull(leaving, "leaving is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A backend is empty, and is to be removed from GeoDB. */
    record Remove(Backend backend, String reason) implements ScaleAction {

        public Remove {
            requireNonNull(backend, "backend is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /**
     * The platform is to stop what is no backend any more.
     *
     * @param count how many the platform runs then
     */
    record Stop(HostName host, int count, String reason) implements ScaleAction {

        public Stop {
            requireNonNull(host, "host is null");
            requireNonNull(reason, "reason is null");
        }
    }
}
