package org.pombal.commands;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong with the parameters of a call.
 *
 * @param kind what is wrong
 * @param parameter the parameter's name, or as the caller called it if there is none of that name
 * @param message one sentence with the value and what is allowed
 */
public record Problem(Kind kind, String parameter, String message) {

    /** What can be wrong. */
    public enum Kind {
        /** The command has no such parameter. */
        UNKNOWN,
        /** Given twice. */
        REPEATED,
        /** Needed and not given. */
        MISSING,
        /** Not a value of its type, or out of range. */
        INVALID,
        /** Not together with another that is given. */
        CONFLICT
    }

    public Problem {
        requireNonNull(kind, "kind is null");
        requireNonNull(parameter, "parameter is null");
        requireNonNull(message, "message is null");
    }
}
