package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

/**
 * What came of a signal that a process was to get.
 *
 * @param processState of a process that SIGKILL did not end, one letter as in proc(5): D waits for a disk or a dead NFS server; else empty
 */
public record KillResult(Outcome outcome, String processState) {

    /** The declaration order is that of the numbers on the socket, from 0. */
    public enum Outcome {
        /** It was seen gone. */
        GONE,
        /** It was sent the signal and lives on; after SIGKILL, at the limit. */
        STILL_THERE,
        /** It is neither below the guardian, nor named in the trust file and one of Dovecot's programs; nothing was done. */
        NOT_OURS
    }

    public KillResult {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(processState, "processState is null");
    }
}
