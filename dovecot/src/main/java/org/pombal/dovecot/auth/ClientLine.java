package org.pombal.dovecot.auth;

/** A line from a login, lmtp or doveadm process to auth, as far as a relay has to understand it. */
public sealed interface ClientLine {

    /** Asks something that will be answered under its id. */
    record Asks(Request request) implements ClientLine {}

    /** Withdraws a request. Nothing more comes for this id. */
    record Cancels(long id) implements ClientLine {}

    /** The answer to a challenge. Holds a secret, which is left where it is in the line. */
    record Continues(long id) implements ClientLine {}

    /** A login process says its process id. */
    record Introduces(long pid) implements ClientLine {}

    /** Handshake, or a command of a later protocol version. */
    record Other() implements ClientLine {}
}
