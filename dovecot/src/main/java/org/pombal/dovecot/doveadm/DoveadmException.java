package org.pombal.dovecot.doveadm;

/** Dovecot's doveadm did not answer, or said no. */
public final class DoveadmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what came back */
    public DoveadmException(String message) {
        super(message);
    }

    /** @param message what was asked, of whom, and what came back */
    public DoveadmException(String message, Throwable cause) {
        super(message, cause);
    }
}
