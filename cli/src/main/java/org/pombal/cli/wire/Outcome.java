package org.pombal.cli.wire;

import static java.util.Objects.requireNonNull;

/** How a call ended. */
public sealed interface Outcome {

    /** All rows came. */
    record Complete() implements Outcome {}

    /**
     * The node refused it or failed.
     *
     * @param type doveadm's: exitCode, unknownMethod, unAuthorized, invalidRequest, internalError
     * @param exitCode doveadm's, 0 if the type says it all
     * @param message one sentence; empty if the node is none of ours
     */
    record Failed(String type, int exitCode, String message) implements Outcome {
        public Failed {
            requireNonNull(type, "type is null");
            requireNonNull(message, "message is null");
        }
    }
}
