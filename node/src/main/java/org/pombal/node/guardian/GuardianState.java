package org.pombal.node.guardian;

import java.util.Optional;

/** What the guardian is doing. The declaration order is that of the numbers in the file, from 1. */
public enum GuardianState {
    /** Nothing of Dovecot runs; it is started as soon as there is trust. */
    WAITING,
    /** Dovecot was started and has not ended. */
    SERVING,
    /** SIGKILL is sent until nothing is left. */
    KILLING,
    /** Nothing of Dovecot runs, and the guardian has ended with it. */
    ENDED;

    private static final GuardianState[] ALL = values();

    static Optional<GuardianState> numbered(long number) {
        return number >= 1 && number <= ALL.length ? Optional.of(ALL[(int) number - 1]) : Optional.empty();
    }
}
