package org.pombal.dovecot.auth;

/**
 * A protocol line that no Dovecot would send. The message says what is wrong and never repeats the line, which may hold
 * a password.
 */
public final class MalformedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedLineException(String message) {
        super(message);
    }
}
